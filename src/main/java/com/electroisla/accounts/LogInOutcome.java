package com.electroisla.accounts;

import com.electroisla.limits.LimitResult;

/** What became of a login. */
public sealed interface LogInOutcome {

    record LoggedIn(TokenPair tokens, Profile profile) implements LogInOutcome {}

    /** Unknown, inactive or the wrong password; which one, nobody is told. */
    record Refused() implements LogInOutcome {}

    record TooManyFailures(LimitResult.Exceeded limit) implements LogInOutcome {}

    /** Too many logins wait; try again. */
    record Busy() implements LogInOutcome {}
}
