package com.electroisla.accounts.http;

import com.electroisla.accounts.Accounts;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Admits requests with a valid access token. */
@Provider
@SignedInUnderLock
@Priority(Priorities.AUTHENTICATION)
final class SignedInUnderLockFilter implements ContainerRequestFilter {
    private final CurrentVertxRequest current;
    private final Instance<Accounts> accounts;

    @Inject
    SignedInUnderLockFilter(CurrentVertxRequest current, Instance<Accounts> accounts) {
        this.current = current;
        this.accounts = accounts;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        TokenDoor.guard(request, current.getCurrent(), accounts.get(), caller -> caller);
    }
}
