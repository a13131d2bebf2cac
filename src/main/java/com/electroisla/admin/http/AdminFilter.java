package com.electroisla.admin.http;

import com.electroisla.admin.Section;
import com.electroisla.pages.http.Visit;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Admits users who may see the section of the path. */
@Provider
@AdminPage
@Priority(Priorities.AUTHORIZATION)
final class AdminFilter implements ContainerRequestFilter {
    static final String SIGN_IN = "/admin/login/";

    private final CurrentVertxRequest current;

    @Inject
    AdminFilter(CurrentVertxRequest current) {
        this.current = current;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Visit visit = Visit.of(current.getCurrent());
        visit.signedIn(SIGN_IN);
        Section section = Section.at(visit.path()).orElseThrow(visit::notFound);
        visit.require(section.roles());
    }
}
