package com.electroisla.http.server;

import com.electroisla.catalog.Picture;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code http_server_requests_seconds}: the number, duration and outcome of requests. No label comes from a caller: a
 * path counts under the template of its resource; all paths without a resource share one label, and so do all unknown
 * methods. Quarkus' own counter (off in application.properties) labels some refusals by their path, so any caller can
 * fill it.
 */
final class RequestMetrics {
    /** The label of requests that fit no template. */
    private static final String UNKNOWN = "UNKNOWN";

    private static final String NOT_FOUND = "NOT_FOUND";
    /** The key under which Quarkus stores the template of the resource found. */
    private static final String TEMPLATE = "UrlPathTemplate";

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);
    private static final Set<String> OWN_PATHS = Set.of("/health/live", "/health/ready");
    private static final Set<String> FOLDERS = Set.of("/recursos/", Picture.UPLOADED, "/api/docs/");

    private record Labels(String method, String uri, int status) {}

    private static final Map<Labels, Timer> TIMERS = new ConcurrentHashMap<>();
    private static volatile @Nullable MeterRegistry registry;

    private RequestMetrics() {}

    static void countIn(MeterRegistry meters) {
        TIMERS.clear();
        registry = meters;
    }

    static void begin(RoutingContext context) {
        MeterRegistry meters = registry;
        if (meters != null) {
            long began = System.nanoTime();
            context.addEndHandler(
                    end -> TIMERS.computeIfAbsent(labels(context, end.succeeded()), labels -> timer(meters, labels))
                            .record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
        }
    }

    /** Says under which template a call counts that no resource answers. */
    static void under(RoutingContext context, String template) {
        ((HttpServerRequestInternal) context.request()).context().putLocal(TEMPLATE, template);
    }

    private static Labels labels(RoutingContext context, boolean answered) {
        HttpServerRequest request = context.request();
        int status = answered ? context.response().getStatusCode() : 0;
        return new Labels(
                METHODS.contains(request.method()) ? request.method().name() : UNKNOWN, uri(request, status), status);
    }

    private static Timer timer(MeterRegistry meters, Labels labels) {
        return Timer.builder("http.server.requests")
                .description("HTTP server request processing time")
                .tag("method", labels.method())
                .tag("uri", labels.uri())
                .tag("status", labels.status() == 0 ? "RESET" : Integer.toString(labels.status()))
                .tag("outcome", outcome(labels.status()))
                .register(meters);
    }

    private static String outcome(int status) {
        return switch (status / 100) {
            case 1 -> "INFORMATIONAL";
            case 2 -> "SUCCESS";
            case 3 -> "REDIRECTION";
            case 5 -> "SERVER_ERROR";
            default -> "CLIENT_ERROR";
        };
    }

    private static String uri(HttpServerRequest request, int status) {
        String template = ((HttpServerRequestInternal) request).context().getLocal(TEMPLATE);
        String path = String.valueOf(request.path());
        if (template == null) {
            template = FOLDERS.stream()
                    .filter(path::startsWith)
                    .findFirst()
                    .or(() -> OWN_PATHS.stream()
                            .filter(RequestPath.bare(path)::equals)
                            .findFirst())
                    .or(() -> Routes.template(path))
                    .orElse(status == 404 ? NOT_FOUND : UNKNOWN);
        }
        String bare = RequestPath.bare(template.replace("//", "/"));
        return bare.equals("/") ? "root" : bare;
    }
}
