package com.electroisla.http.server;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Fails where an answer is built after the work of its resource is done, once it is armed. This class is part of the
 * tests, not of the program.
 */
@Provider
public class FailingAnswers implements ContainerResponseFilter {
    private static final AtomicReference<Throwable> NEXT = new AtomicReference<>();

    /** Fails in this way while the next answer is built. */
    public static void failNext(Throwable how) {
        NEXT.set(how);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        switch (NEXT.getAndSet(null)) {
            case Error error -> throw error;
            case RuntimeException failure -> throw failure;
            case null, default -> {}
        }
    }
}
