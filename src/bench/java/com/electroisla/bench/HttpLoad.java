package com.electroisla.bench;

import java.time.Duration;

/** Who sends the requests: the same one for all ways of a run. Every purchase that was begun is ended and counted. */
interface HttpLoad {
    /** In Spanish, with the version. */
    String describe();

    /**
     * Sends the buyers of the plan through so many connections for the time, then waits for the last answers.
     *
     * @throws IllegalStateException when a call was answered with anything but 2xx
     */
    Measured run(Plan plan, int port, int connections, Duration time) throws Exception;
}
