package com.electroisla.wiring;

import com.electroisla.settings.ListenAddress;
import com.electroisla.settings.Settings;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The shop that this process serves over HTTP. {@link Main} sets it before the HTTP side starts, and it may still be
 * opening then; the edge asks for it on every request and never keeps it, so that a test can set another shop.
 */
public final class RunningServer {
    private static volatile @Nullable CompletableFuture<Shop> shop;

    private static volatile @Nullable ListenAddress operatorsPort;

    private RunningServer() {}

    /** Sets the shop that answers requests from now on. */
    public static void start(Shop opened) {
        shop = CompletableFuture.completedFuture(opened);
    }

    /** Sets a shop that is still opening; callers of {@link #shop} wait for it. */
    public static void startWhen(CompletableFuture<Shop> opening) {
        shop = opening;
    }

    /** Whether this process has a shop to serve, open or opening. */
    public static boolean isNamed() {
        return shop != null;
    }

    /** The address of metrics and detailed health; empty before the start, and when no port was free. */
    public static Optional<ListenAddress> operatorsPort() {
        return Optional.ofNullable(operatorsPort);
    }

    /** Called by the edge once it listens at this address. */
    public static void listensForTheOperator(ListenAddress address) {
        operatorsPort = address;
    }

    /** Returns once the shop is open. */
    public static void awaitOpen() {
        shop();
    }

    /** The settings of the running shop, once it is open. */
    public static Settings settings() {
        return shop().settings();
    }

    /**
     * The shop, once it is open.
     *
     * @throws IllegalStateException before {@link #start} or {@link #startWhen}
     */
    static Shop shop() {
        CompletableFuture<Shop> open = shop;
        if (open == null) {
            throw new IllegalStateException("no shop is open in this process");
        }
        return open.join();
    }
}
