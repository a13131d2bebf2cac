package com.electroisla.http.server;

import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Reads the forms of pages. A large form is read only for a page that takes one, and only from a user who may send it:
 * the session is looked up first, on a thread that may block, while the body waits.
 */
final class Forms {
    private static final int MOST_ASKED_AT_ONCE = 16;

    private record Large(LargeForm form, BodyHandler reader) {}

    private final Map<String, Large> large = new HashMap<>();
    private final BodyHandler usual = BodyHandler.create(false).setBodyLimit(RequestFrame.LARGEST_API_BODY_BYTES);
    private final Semaphore asking = new Semaphore(MOST_ASKED_AT_ONCE);

    Forms(Iterable<LargeForm> forms) {
        forms.forEach(form -> large.put(form.path(), new Large(form, Uploads.handler(form.mostBytes()))));
    }

    void read(RoutingContext context) {
        Large page = large.get(RequestPath.bare(context));
        if (page == null) {
            usual.handle(context);
        } else if (isUsual(context.request())) {
            page.reader().handle(context);
        } else if (asking.tryAcquire()) {
            ask(context, page);
        } else {
            FailureHandler.write(context, Failures.later(ErrorCode.BUSY));
        }
    }

    private static boolean isUsual(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.length() < 10 && Long.parseLong(length) <= RequestFrame.LARGEST_API_BODY_BYTES;
    }

    private void ask(RoutingContext context, Large page) {
        Context here = context.vertx().getOrCreateContext();
        Thread.ofVirtual().name("large-form").start(() -> {
            Optional<Problem> refusal;
            try {
                refusal = page.form().refusal(context);
            } catch (RuntimeException failure) {
                refusal = Optional.of(Failures.problem(failure));
            } finally {
                asking.release();
            }
            @Nullable Problem found = refusal.orElse(null);
            here.runOnContext(_ -> goOn(context, page, found));
        });
    }

    private static void goOn(RoutingContext context, Large page, @Nullable Problem refusal) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        if (refusal != null) {
            FailureHandler.write(context, refusal);
            return;
        }
        Doorman doorman = Doorman.of(context.request());
        if (doorman != null) {
            doorman.takesLargeForm();
        }
        page.reader().handle(context);
    }
}
