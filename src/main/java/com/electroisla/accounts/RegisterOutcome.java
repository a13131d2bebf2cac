package com.electroisla.accounts;

/** The outcome of a registration. */
public sealed interface RegisterOutcome {

    record Registered(Profile profile) implements RegisterOutcome {}

    record Invalid(Unfit unfit) implements RegisterOutcome {}

    record UsernameTaken() implements RegisterOutcome {}

    record EmailTaken() implements RegisterOutcome {}

    /** Too many passwords wait to be computed; try again. */
    record Busy() implements RegisterOutcome {}
}
