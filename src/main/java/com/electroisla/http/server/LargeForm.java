package com.electroisla.http.server;

import com.electroisla.http.Problem;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * A form that may be larger than the usual limit, of a page or, with files in it, of a call of the API. Each edge that
 * has one provides a bean of this type.
 */
public interface LargeForm {
    /** @param path without a slash at its end */
    boolean isAt(String method, String path);

    int mostBytes();

    /** How many times the form's bytes are in memory at once. */
    int weight();

    /**
     * The reason why this caller may not send the form, asked before a byte of it is read; on a thread that may block.
     */
    Optional<Problem> refusal(RoutingContext context);
}
