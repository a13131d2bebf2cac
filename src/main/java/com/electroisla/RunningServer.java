package com.electroisla;

import com.electroisla.settings.ListenAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The shop that this process serves over HTTP. {@link Main} names it before the HTTP side boots, and it may still be
 * opening then; the edge asks for it on every request and never keeps it, so that a test may put another shop in its
 * place.
 */
public final class RunningServer {
    private static volatile @Nullable CompletableFuture<Shop> shop;

    private static volatile @Nullable ListenAddress operatorsPort;

    private RunningServer() {}

    /** From now on requests are answered by this shop. */
    public static void start(Shop opened) {
        shop = CompletableFuture.completedFuture(opened);
    }

    /** From now on requests are answered by the shop that is being opened; who asks for it waits. */
    public static void startWhen(CompletableFuture<Shop> opening) {
        shop = opening;
    }

    /** Whether this process has a shop to serve, open or opening. */
    public static boolean isNamed() {
        return shop != null;
    }

    /** Where metrics and health in detail are served; empty before the start, and where no port was free. */
    public static Optional<ListenAddress> operatorsPort() {
        return Optional.ofNullable(operatorsPort);
    }

    /** Said by the edge once it listens there. */
    public static void listensForTheOperator(ListenAddress address) {
        operatorsPort = address;
    }

    /**
     * The shop, once it is open.
     *
     * @throws IllegalStateException before {@link #start} or {@link #startWhen}
     */
    public static Shop shop() {
        CompletableFuture<Shop> open = shop;
        if (open == null) {
            throw new IllegalStateException("no shop is open in this process");
        }
        return open.join();
    }
}
