package com.electroisla.http.server;

import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Reads the forms of pages, and those of the few calls of the API that take one. A large form is read only where one is
 * taken, and only from a user who may send it: the session or the token is looked up first, on a thread that may block,
 * while the body waits.
 */
final class Forms {
    private static final int MOST_ASKED_AT_ONCE = 16;

    private record Large(LargeForm form, BodyHandler reader) {}

    private final List<Large> large = new ArrayList<>();
    private final BodyHandler usual = BodyHandler.create(false).setBodyLimit(RequestFrame.LARGEST_API_BODY_BYTES);
    private final Semaphore asking = new Semaphore(MOST_ASKED_AT_ONCE);

    Forms(Iterable<LargeForm> forms) {
        forms.forEach(form -> large.add(new Large(form, Uploads.handler(form.mostBytes()))));
    }

    /** Reads the form of a page. */
    void read(RoutingContext context) {
        Optional<Large> page = at(context);
        if (page.isEmpty()) {
            usual.handle(context);
        } else if (isUsual(context.request())) {
            page.get().reader().handle(context);
        } else {
            askFirst(context, page.get());
        }
    }

    /**
     * Reads the form of a call of the API, however small only from a user who may send it: a form may have files, and
     * they go to the disk.
     *
     * @return false: this call takes no form
     */
    boolean readOfApi(RoutingContext context) {
        Optional<Large> call = at(context);
        call.ifPresent(form -> askFirst(context, form));
        return call.isPresent();
    }

    private Optional<Large> at(RoutingContext context) {
        String method = context.request().method().name();
        String path = RequestPath.bare(context);
        return large.stream().filter(each -> each.form().isAt(method, path)).findFirst();
    }

    private void askFirst(RoutingContext context, Large form) {
        if (asking.tryAcquire()) {
            ask(context, form);
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
            doorman.takesLargeForm(page.form().weight());
        }
        page.reader().handle(context);
    }
}
