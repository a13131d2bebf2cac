package com.electroisla.http.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request, in one form for every rule. A path that is written in any other way ({@code //api},
 * {@code /%61pi}, {@code /./api}, {@code /api;x}, an encoded slash, a backslash) is refused at the start, so limits,
 * checks, routes and resources all see the same text.
 */
final class RequestPath {
    private RequestPath() {}

    /** Whether the path is written in its normal form. */
    static boolean isNormal(RoutingContext context) {
        String raw = context.request().path();
        return raw != null
                && raw.startsWith("/")
                && raw.equals(context.normalizedPath())
                && !hasDisguise(raw.toLowerCase(Locale.ROOT));
    }

    private static boolean hasDisguise(String path) {
        return path.indexOf(';') >= 0 || path.indexOf('\\') >= 0 || path.contains("%2f") || path.contains("%5c");
    }

    /** The path without the slash at its end, which makes no difference. */
    static String bare(RoutingContext context) {
        return bare(String.valueOf(context.request().path()));
    }

    static String bare(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    static boolean isApi(HttpServerRequest request) {
        return isApi(String.valueOf(request.path()));
    }

    private static boolean isApi(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }

    /** Whether a refusal of this path gets the form of the API, even if the path only seems to belong to it. */
    static boolean meansApi(@Nullable String path) {
        return path == null || isApi(path) || isApi(plain(path));
    }

    /** The path that its writer may have meant; only for the form of a refusal. */
    private static String plain(String path) {
        String decoded = path.toLowerCase(Locale.ROOT)
                .replace("%2f", "/")
                .replace("%5c", "/")
                .replace('\\', '/');
        for (char letter = 'a'; letter <= 'z'; letter++) {
            decoded = decoded.replace("%" + Integer.toHexString(letter), String.valueOf(letter))
                    .replace("%" + Integer.toHexString(Character.toUpperCase(letter)), String.valueOf(letter));
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : decoded.replace("%2e", ".").split("/")) {
            String bare = part.contains(";") ? part.substring(0, part.indexOf(';')) : part;
            if (bare.equals("..")) {
                parts.pollLast();
            } else if (!bare.isEmpty() && !bare.equals(".")) {
                parts.addLast(bare);
            }
        }
        return "/" + String.join("/", parts);
    }
}
