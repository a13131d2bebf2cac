package com.electroisla.accounts.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Caller;
import com.electroisla.logs.LogContext;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The account that makes a request. */
public final class Callers {
    private static final String KEY = Caller.class.getName();

    private Callers() {}

    /**
     * The caller of a request that went through {@link SignedIn}.
     *
     * @throws IllegalStateException on a call that needs no sign-in
     */
    public static Caller of(RoutingContext request) {
        return ifSignedIn(request).orElseThrow(() -> new IllegalStateException("this call is not @SignedIn"));
    }

    /** The caller, if the request went through {@link SignedIn} and was let in; for logs. */
    public static Optional<Caller> ifSignedIn(RoutingContext request) {
        return Optional.ofNullable(request.get(KEY));
    }

    /** The caller that a valid token names, on a call that is open to everybody; asks no database. */
    public static Optional<Caller> named(RoutingContext request, Accounts accounts) {
        return TokenDoor.token(request.request().getHeader(HttpHeaders.AUTHORIZATION))
                .flatMap(token -> accounts.verifier().verify(token));
    }

    /**
     * The caller of a request that has not been admitted yet, since its body has not been read; asks the database.
     * Empty without a valid token of an account that is active now.
     */
    public static Optional<Caller> sender(RoutingContext request, Accounts accounts) {
        return named(request, accounts).flatMap(accounts::present);
    }

    /**
     * Admits a call whose token was let in lately, as {@link SignedInUnderLock} would; asks nobody. Empty when that one
     * has to judge.
     */
    public static Optional<Caller> admitRemembered(RoutingContext request, Accounts accounts) {
        Optional<Caller> caller = TokenDoor.token(request.request().getHeader(HttpHeaders.AUTHORIZATION))
                .flatMap(token -> accounts.verifier().remembered(token));
        caller.ifPresent(each -> admit(request, each));
        return caller;
    }

    /** Remembers the caller for the rest of the request and for its log lines. */
    static void admit(RoutingContext request, Caller caller) {
        remember(request, caller);
        LogContext.user(caller.userId());
    }

    private static void remember(RoutingContext request, Caller caller) {
        request.put(KEY, caller);
    }
}
