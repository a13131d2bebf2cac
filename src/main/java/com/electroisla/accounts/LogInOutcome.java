package com.electroisla.accounts;

import com.electroisla.limits.LimitResult;

/**
 * What became of a login.
 *
 * @param <S> what it opened: a pair of tokens, or a browser's session
 */
public sealed interface LogInOutcome<S> {

    record LoggedIn<S>(S session, Profile profile) implements LogInOutcome<S> {}

    /** Unknown, inactive or the wrong password; which one, nobody is told. */
    record Refused<S>() implements LogInOutcome<S> {}

    record TooManyFailures<S>(LimitResult.Exceeded limit) implements LogInOutcome<S> {}

    /** Too many logins wait; try again. */
    record Busy<S>() implements LogInOutcome<S> {}
}
