package com.electroisla.pages.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.settings.Settings;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Begins the visit of every page, and refuses a form that did not come from one of our pages. A form whose session has
 * ended, for any reason, is not treated as a forgery: its sender is asked to sign in again.
 */
@Provider
@Page
@Priority(Priorities.AUTHENTICATION)
final class PageFilter implements ContainerRequestFilter {
    private final CurrentVertxRequest current;
    private final Instance<Accounts> accounts;
    private final Instance<Settings> settings;

    @Inject
    PageFilter(CurrentVertxRequest current, Instance<Accounts> accounts, Instance<Settings> settings) {
        this.current = current;
        this.accounts = accounts;
        this.settings = settings;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        RoutingContext context = current.getCurrent();
        Visit visit = Visit.begin(context, accounts.get(), settings.get());
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!reads && !visit.hasToken()) {
            visit.leaveIfSessionIsOver();
            SecurityLog.missingToken(visit);
            throw Problem.of(ErrorCode.FORM_EXPIRED).exception();
        }
        visit.leadToSecondFactor();
    }
}
