package com.electroisla.command;

/** The arguments are wrong, by themselves or together: exit 2, and the message as one line on stderr. */
public final class WrongUsage extends RuntimeException {
    /** @param reason one line for the operator, in Spanish */
    public WrongUsage(String reason) {
        super(reason);
    }
}
