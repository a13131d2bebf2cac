package com.electroisla.command;

/** Ends a command that cannot be carried out: exit 1, and the message as one line on stderr. */
public final class CommandRefused extends RuntimeException {
    /** @param reason one line for the operator, in Spanish */
    public CommandRefused(String reason) {
        super(reason);
    }
}
