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

    /**
     * The password was right, and the account has a second factor, of which no code was given.
     *
     * @param half for a browser, which brings the code with its next form
     */
    record CodeNeeded<S>(HalfWay half) implements LogInOutcome<S> {}

    /** The password was right, and the code of the second factor was wrong, used before, or came too late. */
    record WrongCode<S>() implements LogInOutcome<S> {}

    /** The account must have a second factor, which is set up on the shop's pages. */
    record FactorMissing<S>() implements LogInOutcome<S> {}

    /** Too many logins wait; try again. */
    record Busy<S>() implements LogInOutcome<S> {}
}
