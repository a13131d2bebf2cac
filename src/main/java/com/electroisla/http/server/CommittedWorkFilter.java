package com.electroisla.http.server;

import com.electroisla.database.CommittedWork;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Begins the request's own work after every other filter: what those commit, such as the last use of a session, is no
 * change that a caller asked for.
 */
@Provider
@Priority(Priorities.USER + 1_000)
public final class CommittedWorkFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        CommittedWork.begin();
    }
}
