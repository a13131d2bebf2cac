package com.electroisla.http.server;

import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.quarkus.arc.Arc;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health/live} and {@code /health/ready} for everybody: up or down, without a reason. The details are on the
 * operator's port.
 *
 * <p>Simultaneous requests cause one query: a request during a check gets that check's outcome.
 */
final class PublicHealth {
    private static final String LIVE = "/health/live";
    private static final String READY = "/health/ready";

    @GuardedBy("this")
    private @Nullable Uni<SmallRyeHealth> running;

    /** Answers a path of health and passes all others on. */
    void answer(RoutingContext context) {
        String path = RequestPath.bare(context);
        if (!path.equals("/health") && !path.startsWith("/health/")) {
            context.next();
        } else if (!path.equals(LIVE) && !path.equals(READY)) {
            FailureHandler.write(context, Problem.of(ErrorCode.NOT_FOUND));
        } else if (context.request().method() != HttpMethod.GET
                && context.request().method() != HttpMethod.HEAD) {
            Refusals.methodNotAllowed(context, "GET, HEAD");
        } else {
            Uni<SmallRyeHealth> health = path.equals(LIVE) ? reporter().getLivenessAsync() : readiness();
            health.subscribe().with(found -> tell(context, !found.isDown()), failure -> tell(context, false));
        }
    }

    private synchronized Uni<SmallRyeHealth> readiness() {
        Uni<SmallRyeHealth> shared = running;
        if (shared == null) {
            shared = reporter()
                    .getReadinessAsync()
                    .onTermination()
                    .invoke(this::forget)
                    .memoize()
                    .indefinitely();
            running = shared;
        }
        return shared;
    }

    private synchronized void forget() {
        running = null;
    }

    private static SmallRyeHealthReporter reporter() {
        return Arc.container().instance(SmallRyeHealthReporter.class).get();
    }

    private static void tell(RoutingContext context, boolean up) {
        if (context.response().closed()) {
            return;
        }
        context.response()
                .setStatusCode(up ? 200 : 503)
                .putHeader(HttpHeaders.CONTENT_TYPE, Responses.JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
    }
}
