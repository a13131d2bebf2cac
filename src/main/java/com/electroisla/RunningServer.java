package com.electroisla;

import org.jspecify.annotations.Nullable;

/**
 * The shop that this process serves over HTTP. {@link Main} opens it before the HTTP server starts; the edge asks for
 * it on every request and never keeps it, so that a test may put another shop in its place.
 */
public final class RunningServer {
    private static volatile @Nullable Shop shop;

    private RunningServer() {}

    /** From now on requests are answered by this shop. */
    public static void start(Shop opened) {
        shop = opened;
    }

    /** @throws IllegalStateException before {@link #start} */
    public static Shop shop() {
        Shop open = shop;
        if (open == null) {
            throw new IllegalStateException("no shop is open in this process");
        }
        return open;
    }
}
