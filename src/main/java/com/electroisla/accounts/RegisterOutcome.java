package com.electroisla.accounts;

import com.electroisla.http.Problem;

/** The outcome of a registration. */
public sealed interface RegisterOutcome {

    record Registered(Profile profile) implements RegisterOutcome {}

    /** A 400 that names the field. */
    record Invalid(Problem problem) implements RegisterOutcome {}

    record UsernameTaken() implements RegisterOutcome {}

    record EmailTaken() implements RegisterOutcome {}

    /** Too many passwords wait to be computed; try again. */
    record Busy() implements RegisterOutcome {}
}
