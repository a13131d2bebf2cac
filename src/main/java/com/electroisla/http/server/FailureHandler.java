package com.electroisla.http.server;

import com.electroisla.http.Problem;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Failures before or outside JAX-RS: malformed addresses, bodies over the limit, an overloaded server. */
final class FailureHandler implements Handler<RoutingContext> {
    /** How much of a refused body is read and dropped so that its sender can read the answer. */
    private static final int LARGEST_DISCARD_BYTES = 1 << 20;

    @Override
    public void handle(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            Link.cut(context.request());
            return;
        }
        Throwable failure = context.failure();
        boolean cutOff = failure != null && context.statusCode() < 400 && context.statusCode() > 0;
        if (cutOff || failure instanceof HttpClosedException) {
            // The body is incomplete or its chunks are invalid: no work was begun, and no client waits for an answer.
            context.request().connection().close();
            return;
        }
        write(context, problem(context, failure));
    }

    private static Problem problem(RoutingContext context, @Nullable Throwable failure) {
        if (failure instanceof RejectedExecutionException) {
            return Failures.forStatus(503, failure);
        }
        int status = context.statusCode();
        boolean told = status >= 400 && status != 500;
        return failure == null || told ? Failures.forStatus(status, failure) : Failures.problem(failure);
    }

    /** Ends the request with the refusal. */
    static void write(RoutingContext context, Problem problem) {
        RequestFrame.begin(context);
        HttpServerRequest request = context.request();
        ErrorPages.Rendered rendered = ErrorPages.render(
                problem, request.path(), request.getHeader(HttpHeaders.ACCEPT), ErrorPages.languageOf(request));
        HttpServerResponse response =
                context.response().setStatusCode(rendered.answer().status());
        rendered.answer().headers().forEach(response::putHeader);
        response.putHeader(HttpHeaders.CONTENT_TYPE, rendered.contentType());
        if (!request.isEnded()) {
            discardRest(request);
        }
        response.end(Buffer.buffer(rendered.answer().body()));
    }

    private static void discardRest(HttpServerRequest request) {
        int[] discarded = {0};
        request.exceptionHandler(gone -> {});
        request.endHandler(end -> {});
        request.handler(chunk -> {
            discarded[0] += chunk.length();
            if (discarded[0] > LARGEST_DISCARD_BYTES) {
                request.connection().close();
            }
        });
        request.resume();
    }
}
