package com.electroisla.accounts.http;

import com.electroisla.RunningServer;
import com.electroisla.accounts.Accounts;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
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

    @Inject
    SignedInFilter(CurrentVertxRequest current) {
        this.current = current;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Accounts accounts = RunningServer.shop().accounts();
        boolean reads = request.getMethod().equals(HttpMethod.GET) || request.getMethod().equals(HttpMethod.HEAD);
        Door.guard(request, current.getCurrent(), caller -> caller.flatMap(reads ? accounts::presentToRead : accounts::present));
    }
}
