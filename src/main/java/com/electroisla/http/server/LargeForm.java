package com.electroisla.http.server;

import com.electroisla.http.Problem;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** A page whose form may be larger than others'. Each edge that has one brings a bean of this type. */
public interface LargeForm {
    /** Its path, without a slash at its end. */
    String path();

    int mostBytes();

    /** Why this caller may not send it, asked before a byte of it is read; on a thread that may wait. */
    Optional<Problem> refusal(RoutingContext context);
}
