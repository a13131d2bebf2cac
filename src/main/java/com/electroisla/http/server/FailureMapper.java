package com.electroisla.http.server;

import com.electroisla.http.Answer;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Every exception that leaves a resource, or that JAX-RS throws before one is found, as the contract's error body. */
@Provider
final class FailureMapper implements ExceptionMapper<Throwable> {
    @Context
    HttpHeaders headers;

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException outcome && outcome.getResponse().getStatus() < 400) {
            return outcome.getResponse();
        }
        Problem problem = Failures.problem(failure);
        Answer answer = problem.answer(Language.preferredBy(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)));
        Response response = Responses.of(answer);
        if (failure instanceof WebApplicationException refused) {
            Object allowed = refused.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
            if (allowed != null) {
                return Response.fromResponse(response).header(HttpHeaders.ALLOW, allowed).build();
            }
        }
        return response;
    }
}
