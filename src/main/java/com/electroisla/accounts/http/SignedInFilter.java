package com.electroisla.accounts.http;

import com.electroisla.accounts.Accounts;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Admits requests with a valid access token of an account that is still active. */
@Provider
@SignedIn
@Priority(Priorities.AUTHENTICATION)
final class SignedInFilter implements ContainerRequestFilter {
    private final CurrentVertxRequest current;
    private final Instance<Accounts> accounts;

    @Inject
    SignedInFilter(CurrentVertxRequest current, Instance<Accounts> accounts) {
        this.current = current;
        this.accounts = accounts;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Accounts asked = accounts.get();
        boolean reads = request.getMethod().equals(HttpMethod.GET)
                || request.getMethod().equals(HttpMethod.HEAD);
        TokenDoor.guard(
                request,
                current.getCurrent(),
                asked,
                caller -> caller.flatMap(reads ? asked::presentToRead : asked::present));
    }
}
