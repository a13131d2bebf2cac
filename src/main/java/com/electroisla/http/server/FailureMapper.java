package com.electroisla.http.server;

import com.electroisla.database.CommittedWork;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Turns every exception that leaves a resource, or that JAX-RS throws before one is found, into the contract's error
 * body.
 */
@Provider
public final class FailureMapper implements ExceptionMapper<Throwable> {
    @Context
    HttpServerRequest request;

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException outcome
                && outcome.getResponse().getStatus() < 400) {
            return outcome.getResponse();
        }
        ErrorPages.Rendered rendered = ErrorPages.render(
                Failures.problem(failure, request.response().closed(), hasChanged()),
                request.path(),
                request.getHeader(HttpHeaders.ACCEPT),
                ErrorPages.languageOf(request));
        Response.ResponseBuilder response = Response.status(rendered.answer().status())
                .header(HttpHeaders.CONTENT_TYPE, rendered.contentType())
                .entity(rendered.answer().body());
        rendered.answer().headers().forEach(response::header);
        String path = request.path();
        String allowed = rendered.answer().status() == 405 && path != null ? Routes.allowed(path) : "";
        if (!allowed.isEmpty()) {
            response.header(HttpHeaders.ALLOW, allowed);
        }
        return response.build();
    }

    private boolean hasChanged() {
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        return !reads && CommittedWork.isDone();
    }
}
