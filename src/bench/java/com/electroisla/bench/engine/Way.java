package com.electroisla.bench.engine;

import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import java.time.Duration;

/** One way of holding the units of buyers' carts. */
interface Way extends AutoCloseable {
    /** The letter of the way in the table and for {@code --solo}. */
    String letter();

    /**
     * Serves buyers for the time, on a shop without holds.
     *
     * @param atOnce how many buyers are served at the same time
     */
    Measured measure(Scenario scenario, int atOnce, Duration time) throws Exception;

    @Override
    default void close() throws Exception {}
}
