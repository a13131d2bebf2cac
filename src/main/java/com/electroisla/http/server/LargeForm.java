package com.electroisla.http.server;

import com.electroisla.http.Problem;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** A page whose form may be larger than the usual limit. Each edge that has one provides a bean of this type. */
public interface LargeForm {
    /** The page's path, without a slash at its end. */
    String path();

    int mostBytes();

    /**
     * The reason why this caller may not send the form, asked before a byte of it is read; on a thread that may block.
     */
    Optional<Problem> refusal(RoutingContext context);
}
