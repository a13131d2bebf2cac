package com.electroisla.http.server;

import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Refusals for routes that are plain Vert.x handlers, in the usual texts and form. */
public final class Refusals {
    private Refusals() {}

    public static void notFound(RoutingContext context) {
        write(context, Problem.of(ErrorCode.NOT_FOUND));
    }

    /** @param allowed the allowed methods, for {@code Allow} */
    public static void methodNotAllowed(RoutingContext context, String allowed) {
        write(context, Problem.of(ErrorCode.METHOD_NOT_ALLOWED).withHeader(HttpHeaders.ALLOW.toString(), allowed));
    }

    /** Ends the request with the problem, in the caller's language. */
    public static void write(RoutingContext context, Problem problem) {
        FailureHandler.write(context, problem);
    }
}
