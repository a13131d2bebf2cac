package com.electroisla.bench;

import java.time.Duration;

/** One way of holding the units of buyers' carts. */
interface Way extends AutoCloseable {
    /** The letter under which the table and {@code --solo} know it. */
    String letter();

    /**
     * Serves buyers for the time, on a shop without holds.
     *
     * @param atOnce how many buyers are being served at any moment
     */
    Measured measure(Scenario scenario, int atOnce, Duration time) throws Exception;

    @Override
    default void close() throws Exception {}
}
