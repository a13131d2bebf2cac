package com.electroisla.command;

/** The HTTP side did not start, or ended by itself; the cause has the reason, and the command prints it. */
public final class ServingFailed extends RuntimeException {
    public ServingFailed(Throwable cause) {
        super(cause);
    }
}
