package com.electroisla.accounts;

import com.electroisla.limits.LimitResult;

/**
 * The outcome of a login.
 *
 * @param <S> the result of a success: a pair of tokens, or a browser's session
 */
public sealed interface LogInOutcome<S> {

    record LoggedIn<S>(S session, Profile profile) implements LogInOutcome<S> {}

    /** Unknown account, inactive account or wrong password; the caller is not told which. */
    record Refused<S>() implements LogInOutcome<S> {}

    record TooManyFailures<S>(LimitResult.Exceeded limit) implements LogInOutcome<S> {}

    /** Too many logins wait; try again. */
    record Busy<S>() implements LogInOutcome<S> {}
}
