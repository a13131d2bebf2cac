package com.electroisla.http.server;

import com.electroisla.http.QueryParameters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a listing's neighbouring pages, under the name that the caller used for this server. Behind a
 * trusted proxy that is what {@code X-Forwarded-Proto} and {@code X-Forwarded-Host} say.
 */
public final class PageLinks {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,255}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:[0-9]{1,5})?");

    private final String address;
    private final QueryParameters query;

    private PageLinks(String address, QueryParameters query) {
        this.address = address;
        this.query = query;
    }

    public static PageLinks of(RoutingContext context, QueryParameters query) {
        return new PageLinks(origin(context) + context.request().path(), query);
    }

    /** The address of a page that begins at a cursor; the page's number stands in it as well. */
    public String to(int page, String cursor) {
        Map<String, @Nullable String> changes = new HashMap<>();
        changes.put("page", Integer.toString(page));
        changes.put("cursor", cursor);
        return address + query.with(changes);
    }

    /** The address of the page before this one; null on the first. */
    public @Nullable String before(int page) {
        if (page <= 1) {
            return null;
        }
        Map<String, @Nullable String> changes = new HashMap<>();
        changes.put("page", page == 2 ? null : Integer.toString(page - 1));
        changes.put("cursor", null);
        return address + query.with(changes);
    }

    /** Whether the caller reached this server, or the trusted proxy before it, by https. */
    public static boolean isHttps(RoutingContext context) {
        return ClientInfo.isFromProxy(context) && context.request().getHeader("X-Forwarded-Proto") != null
                ? "https".equalsIgnoreCase(context.request().getHeader("X-Forwarded-Proto"))
                : "https".equals(context.request().scheme());
    }

    /** Empty, which makes the links relative, when the caller named no host that could be one. */
    private static String origin(RoutingContext context) {
        HttpServerRequest request = context.request();
        HostAndPort authority = request.authority();
        String host = authority == null ? "" : authority.toString();
        String scheme = request.scheme() == null ? "http" : request.scheme();
        if (ClientInfo.isFromProxy(context)) {
            String forwardedHost = request.getHeader("X-Forwarded-Host");
            host = forwardedHost == null ? host : forwardedHost.strip();
            scheme = "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto")) ? "https" : scheme;
        }
        return HOST.matcher(host).matches() ? scheme + "://" + host : "";
    }
}
