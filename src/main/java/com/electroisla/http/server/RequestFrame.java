package com.electroisla.http.server;

import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.logs.LogContext;
import com.electroisla.wiring.RunningServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The common part of every request, before any resource is looked for: its id, the limits on address, headers and
 * body, CORS and the headers of every answer. The body of an API request is read here, whole, so that an aborted
 * request never reaches a resource.
 */
final class RequestFrame {
    static final int LARGEST_API_BODY_BYTES = 64 * 1024;
    /**
     * The limits of an address and of headers. The server itself cuts off at four times these
     * (application.properties), with a bare status.
     */
    static final int LONGEST_URL = 8 * 1024;

    static final int LARGEST_HEADERS = 16 * 1024;

    private static final String REQUEST_ID = "X-Request-Id";
    private static final Pattern WELL_FORMED_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Set<String> CORS_HEADERS =
            // X-CSRFToken: sent by the old front end where a cookie of the old shop is left.
            Set.of(
                    "Authorization",
                    "Content-Type",
                    "Idempotency-Key",
                    "Accept-Language",
                    "If-None-Match",
                    "X-CSRFToken",
                    REQUEST_ID);
    private static final Set<String> EXPOSED_HEADERS = Set.of("Retry-After", "ETag", "Link", REQUEST_ID);
    private static final Set<HttpMethod> CORS_METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    /** @param api for the API, whose calls may carry the cookie of the old front end; pages' cookies stay out of it */
    private record Cors(List<String> origins, CorsHandler api, CorsHandler others) {}

    private final BodyHandler apiBody = BodyHandler.create(false).setBodyLimit(LARGEST_API_BODY_BYTES);
    /** The path of answers that never end. */
    private static final String STREAM = "/vivo";

    private volatile @Nullable Cors cors;

    private final PublicHealth health = new PublicHealth();

    void register(
            @Observes Filters filters,
            MeterRegistry meters,
            @Any Instance<LargeForm> largeForms,
            Event<FastPaths> fastPaths) {
        RequestMetrics.countIn(meters);
        Forms forms = new Forms(largeForms);
        filters.register(this::identify, 1_000);
        filters.register(this::limit, 900);
        // Before Site checks the Host: a health probe uses none of our names.
        filters.register(health::answer, 890);
        filters.register(Site::admit, 850);
        filters.register(RequestFrame::countStream, 840);
        filters.register(this::cors, 800);
        filters.register(context -> readApiBody(context, forms), 700);
        filters.register(context -> readForm(context, forms), 650);
        filters.register(this::settleEmptyBody, 600);
        var fast = new FastPaths(meters);
        fastPaths.fire(fast);
        filters.register(fast::handle, 500);
    }

    void onFailure(@Observes io.vertx.ext.web.Router router) {
        FailureHandler handler = new FailureHandler();
        router.route().order(-2_000).failureHandler(handler);
        // A path that cannot be decoded matches no route at all, not even the one above.
        router.errorHandler(400, handler);
    }

    private void identify(RoutingContext context) {
        begin(context);
        context.request().connection().exceptionHandler(Failures::onLink);
        Doorman doorman = Doorman.of(context.request());
        Exchange exchange = doorman == null ? null : doorman.current();
        if (exchange != null && hasBody(context.request())) {
            Context here = context.vertx().getOrCreateContext();
            exchange.onRefusal = problem -> here.runOnContext(_ -> refuse(context, problem));
        }
        context.next();
    }

    /** Ends a request whose body cannot be read to its end. */
    private static void refuse(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.headWritten()) {
            Link.cut(context.request());
        } else if (!response.ended() && !response.closed()) {
            FailureHandler.write(context, problem);
        }
    }

    /** Counts a stream, which holds its connection for as long as its page is open, by the trusted client address. */
    private static void countStream(RoutingContext context) {
        if (!RequestPath.bare(context).equals(STREAM) || context.request().method() != HttpMethod.GET) {
            context.next();
            return;
        }
        AddressBlock caller = AddressBlock.of(ClientInfo.of(context).address());
        HeadCount streams = Connections.OF_THIS_SERVER.streams;
        if (streams.enter(caller)) {
            context.addEndHandler(_ -> streams.leave(caller));
            context.next();
        } else {
            FailureHandler.write(context, Failures.later(ErrorCode.BUSY));
        }
    }

    /** Gives the request its id, once. */
    static void begin(RoutingContext context) {
        if (context.response().headers().contains(REQUEST_ID)) {
            return;
        }
        String given = context.request().getHeader(REQUEST_ID);
        String id = given != null && WELL_FORMED_ID.matcher(given).matches() ? given : newId();
        LogContext.begin(id);
        context.response().putHeader(REQUEST_ID, id);
        context.addHeadersEndHandler(ignored -> finishHeaders(context));
        RequestMetrics.begin(context);
    }

    private static String newId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static void finishHeaders(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "same-origin");
        if (Site.isHttps(context.request())) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        if (headers.contains(HttpHeaders.LOCATION)) {
            headers.set(
                    HttpHeaders.LOCATION,
                    Site.relative(
                            headers.get(HttpHeaders.LOCATION), context.request().getHeader(HttpHeaders.HOST)));
        }
        if (!headers.contains(HttpHeaders.CACHE_CONTROL) && isPrivate(context.request())) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    /** Whether an answer is personal or contains tokens: no cache may store it. */
    private static boolean isPrivate(HttpServerRequest request) {
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        return !reads
                || request.headers().contains(HttpHeaders.AUTHORIZATION)
                || request.headers().contains(HttpHeaders.COOKIE);
    }

    private void limit(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.uri().length() > LONGEST_URL) {
            FailureHandler.write(context, Problem.of(ErrorCode.URL_TOO_LONG));
        } else if (!isWellFormed(request.uri())) {
            FailureHandler.write(context, Problem.of(ErrorCode.MALFORMED_REQUEST));
        } else if (!RequestPath.isNormal(context)) {
            FailureHandler.write(context, Problem.of(ErrorCode.NOT_FOUND));
        } else if (size(request.headers()) > LARGEST_HEADERS) {
            FailureHandler.write(context, Problem.of(ErrorCode.HEADERS_TOO_LARGE));
        } else {
            context.next();
        }
    }

    /** The check of an address that Quarkus makes unless Main turns it off; later code may rely on it. */
    private static boolean isWellFormed(String uri) {
        try {
            new URI(uri);
            return true;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static int size(MultiMap headers) {
        int size = 0;
        for (Map.Entry<String, String> header : headers) {
            size += header.getKey().length() + header.getValue().length() + 4;
        }
        return size;
    }

    private void cors(RoutingContext context) {
        List<String> origins = RunningServer.settings().corsOrigins();
        if (origins.isEmpty()) {
            context.next();
            return;
        }
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin != null && origins.contains(origin)) {
            Cors its = corsOf(origins);
            (RequestPath.isApi(context.request()) ? its.api() : its.others()).handle(context);
        } else {
            // Vert.x would answer 403 here, even to a page of ours that sends its Origin.
            context.response().headers().add(HttpHeaders.VARY, "origin");
            context.next();
        }
    }

    private Cors corsOf(List<String> origins) {
        Cors known = cors;
        if (known == null || !known.origins().equals(origins)) {
            known = new Cors(origins, corsHandler(origins).allowCredentials(true), corsHandler(origins));
            cors = known;
        }
        return known;
    }

    private static CorsHandler corsHandler(List<String> origins) {
        return CorsHandler.create()
                .addOrigins(origins)
                .allowedMethods(CORS_METHODS)
                .allowedHeaders(CORS_HEADERS)
                .exposedHeaders(EXPOSED_HEADERS)
                .maxAgeSeconds(600);
    }

    private void readApiBody(RoutingContext context, Forms forms) {
        HttpServerRequest request = context.request();
        @Nullable String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (!RequestPath.isApi(request) || !hasBody(request)) {
            context.next();
        } else if (!isForm(type)) {
            apiBody.handle(context);
        } else if (!Uploads.isForm(type) || !forms.readOfApi(context)) {
            FailureHandler.write(context, Problem.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE));
        }
    }

    /** Parses a page's form, so that its token can be checked before all else. */
    private void readForm(RoutingContext context, Forms forms) {
        HttpServerRequest request = context.request();
        if (!RequestPath.isApi(request) && hasBody(request) && isForm(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            forms.read(context);
        } else {
            context.next();
        }
    }

    /**
     * Gives a request without a body an empty one: JAX-RS would wait for the end of a request that has ended already.
     */
    private void settleEmptyBody(RoutingContext context) {
        boolean page =
                !RequestPath.isApi(context.request()) && context.request().method() == HttpMethod.POST;
        if ((page || RequestPath.isApi(context.request())) && context.body().buffer() == null) {
            ((RoutingContextInternal) context).setBody(Buffer.buffer());
        }
        context.next();
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || length != null && !length.equals("0");
    }

    /** Whether a body is a form. Vert.x would parse such bodies, and pass none on. */
    private static boolean isForm(@Nullable String contentType) {
        return Uploads.isForm(contentType) || is("application/x-www-form-urlencoded", contentType);
    }

    /** Whether a content type, with or without parameters, is this one. */
    static boolean is(String type, @Nullable String contentType) {
        return contentType != null
                && contentType.strip().toLowerCase(Locale.ROOT).startsWith(type);
    }
}
