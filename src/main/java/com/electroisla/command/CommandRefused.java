package com.electroisla.command;

/** The end of a command that cannot do what it was asked for: exit 1, and the message as one line on stderr. */
public final class CommandRefused extends RuntimeException {
    /** @param reason one line for the operator, in Spanish */
    public CommandRefused(String reason) {
        super(reason);
    }
}
