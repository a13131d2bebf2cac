package com.electroisla.command;

/** The HTTP side did not start, or ended by itself; its cause says why, and the command says it to the operator. */
public final class ServingFailed extends RuntimeException {
    public ServingFailed(Throwable cause) {
        super(cause);
    }
}
