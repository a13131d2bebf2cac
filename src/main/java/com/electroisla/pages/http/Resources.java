package com.electroisla.pages.http;

import com.electroisla.http.server.Refusals;
import com.electroisla.pages.Frame;
import com.electroisla.pages.Words;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stylesheets, scripts and pictures under {@code /recursos/}. The address that pages use has the content's hash in it,
 * so a browser caches it for ever; the address without a hash is for pages that must not depend on anything, such as a
 * refusal.
 */
final class Resources {
    private static final String PREFIX = "/recursos/";
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final String KEEP_FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String KEEP_FOR_A_WHILE = "public, max-age=300";
    private static final int HASH_DIGITS = 16;

    /** Name, content type, and path on the class path. The versions are those of pom.xml. */
    private static final String[][] ALL = {
        {"pico.min.css", "text/css; charset=utf-8", WEBJARS + "picocss__pico/2.1.1/css/pico.min.css"},
        {"estilo.css", "text/css; charset=utf-8", "/com/electroisla/pages/estilo.css"},
        {"htmx.min.js", "text/javascript; charset=utf-8", WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js"},
        {"isla.js", "text/javascript; charset=utf-8", "/com/electroisla/pages/isla.js"},
        {"tienda.css", "text/css; charset=utf-8", "/com/electroisla/pages/tienda.css"},
        {"tienda.js", "text/javascript; charset=utf-8", "/com/electroisla/pages/tienda.js"},
        {"isla.svg", "image/svg+xml", "/com/electroisla/pages/isla.svg"},
    };

    private static final class Holder {
        static final Resources RESOURCES = new Resources();
    }

    private record Resource(String type, byte[] content, String hash) {}

    private final Map<String, Resource> resources = new LinkedHashMap<>();

    Resources() {
        for (String[] each : ALL) {
            byte[] content = read(each[2]);
            resources.put(each[0], new Resource(each[1], content, hash(content)));
        }
    }

    static Resources all() {
        return Holder.RESOURCES;
    }

    Frame.Assets addresses() {
        return new Frame.Assets(
                address("pico.min.css"),
                address("estilo.css"),
                address("htmx.min.js"),
                address("isla.js"),
                address("isla.svg"),
                address("tienda.css"),
                address("tienda.js"));
    }

    private String address(String name) {
        Resource resource = resources.get(name);
        if (resource == null) {
            throw new IllegalStateException(name);
        }
        return PREFIX + resource.hash() + "/" + name;
    }

    void register(@Observes Router router) {
        router.route(PREFIX + "*").order(100).handler(Resources::serve);
    }

    private static void serve(RoutingContext context) {
        String[] parts = context.normalizedPath().substring(PREFIX.length()).split("/");
        Resource resource = all().resources.get(parts[parts.length - 1]);
        boolean reads = context.request().method() == HttpMethod.GET
                || context.request().method() == HttpMethod.HEAD;
        if (resource == null || parts.length > 2 || parts.length == 2 && !parts[0].equals(resource.hash())) {
            Refusals.notFound(context);
        } else if (!reads) {
            Refusals.methodNotAllowed(context, "GET, HEAD");
        } else {
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, resource.type())
                    .putHeader(HttpHeaders.CACHE_CONTROL, parts.length == 2 ? KEEP_FOR_GOOD : KEEP_FOR_A_WHILE)
                    .end(Buffer.buffer(resource.content()));
        }
    }

    private static byte[] read(String path) {
        try (InputStream in = Words.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + path);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
