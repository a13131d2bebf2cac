package com.electroisla.accounts.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
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

    @Inject
    SignedInUnderLockFilter(CurrentVertxRequest current) {
        this.current = current;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Door.guard(request, current.getCurrent(), caller -> caller);
    }
}
