package com.electroisla.http.server;

import com.electroisla.http.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Turns a complete answer into a response, with the same bytes. */
public final class Responses {
    static final String JSON = "application/json; charset=utf-8";
    private static final MediaType JSON_TYPE = new MediaType("application", "json", "utf-8");

    /** As JAX-RS writes it. */
    private static final String WRITTEN_TYPE = "application/json;charset=utf-8";

    private Responses() {}

    /** Ends a request with the answer, on its event loop; nothing when the caller has left. */
    public static void write(RoutingContext context, Answer answer) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (answer.body().length > 0) {
            response.putHeader("Content-Type", WRITTEN_TYPE);
        }
        response.end(Buffer.buffer(answer.body()));
    }

    /** The answer's status, headers and bytes, as JSON in UTF-8; an empty body has no content type. */
    public static Response of(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(response::header);
        if (answer.body().length > 0) {
            response.type(JSON_TYPE).entity(answer.body());
        }
        return response.build();
    }
}
