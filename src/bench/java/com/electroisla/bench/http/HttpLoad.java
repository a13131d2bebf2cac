package com.electroisla.bench.http;

import com.electroisla.bench.shop.Measured;
import java.time.Duration;

/** The client of all HTTP ways of a run. Every purchase that was begun is finished and counted. */
public interface HttpLoad {
    /** The client's name with its version, in Spanish. */
    String describe();

    /**
     * Sends the buyers of the plan through so many connections for the time, then waits for the last answers.
     *
     * @throws IllegalStateException when an answer was no 2xx
     */
    Measured run(Plan plan, int port, int connections, Duration time) throws Exception;
}
