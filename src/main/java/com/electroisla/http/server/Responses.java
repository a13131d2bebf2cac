package com.electroisla.http.server;

import com.electroisla.http.Answer;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Turns a complete answer into a response, with the same bytes. */
public final class Responses {
    static final String JSON = "application/json; charset=utf-8";
    private static final MediaType JSON_TYPE = new MediaType("application", "json", "utf-8");

    private Responses() {}

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
