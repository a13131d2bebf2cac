package com.electroisla.accounts;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * One attempt to sign in.
 *
 * @param <S> the result of a success
 * @param typed the name or e-mail
 * @param username the same text, normalised
 * @param subject the subject of the limit
 * @param code of the second factor; empty for none
 */
record LogInAttempt<S>(
        String typed,
        String username,
        String subject,
        String password,
        String code,
        Client client,
        Kind kind,
        Opening<S> opening) {
    /** Longer than any name or e-mail of an account. */
    private static final int LONGEST_TYPED = 1_000;

    /** The purpose of an attempt. */
    enum Kind {
        PROGRAM,
        BROWSER,
        /** Somebody who is signed in is asked for the password alone. */
        QUESTION
    }

    /** Opens tokens or a session in the transaction that records the login. */
    interface Opening<S> {
        S open(Handle handle, Account account, Client client, Instant now);
    }

    LogInAttempt<S> countedAs(String account) {
        return new LogInAttempt<>(typed, username, account, password, code, client, kind, opening);
    }

    /**
     * The name cut to the greatest length of a name, so that it fits the columns in which it is counted and recorded.
     */
    String recordedUsername() {
        boolean fits = username.codePointCount(0, username.length()) <= AccountRules.LONGEST_USERNAME;
        String cut =
                fits ? username : username.substring(0, username.offsetByCodePoints(0, AccountRules.LONGEST_USERNAME));
        return cut.replaceAll("[\\p{Cs}\\x00]", "?");
    }

    boolean canExist() {
        return typed.length() <= LONGEST_TYPED
                && username.length() <= LONGEST_TYPED
                && typed.codePoints().noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }

    /** Without password and code. */
    @Override
    public String toString() {
        return "LogInAttempt[" + kind + "]";
    }
}
