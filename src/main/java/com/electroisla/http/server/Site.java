package com.electroisla.http.server;

import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.wiring.RunningServer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address under which a request reached the shop: the accepted names, whether it was https, and the consequences
 * for redirects and cookies.
 *
 * <p>Invariant: a name is accepted only when it is one of {@code ELECTRO_ISLA_URL} or means this machine, so a page or
 * a link never contains a name made up by a caller, and another site's name that is pointed at this server (DNS
 * rebinding) is refused. {@code X-Forwarded-Host} is not read: a proxy passes {@code Host} on.
 */
public final class Site {
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,255})(:[0-9]{1,5})?");
    private static final Pattern ABSOLUTE = Pattern.compile("https?://([^/?#]*)([^#]*).*", Pattern.CASE_INSENSITIVE);

    /**
     * The prefix of cookies that browsers accept only over https, from this very host, for all its paths: no other
     * site can set them.
     */
    private static final String OWN = "__Host-";

    private Site() {}

    /** Admits requests to our names; health is answered under any name, since a monitor calls by address. */
    static void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        Matcher absolute = ABSOLUTE.matcher(request.uri());
        boolean named = hosts.size() == 1 || hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_0;
        if (isHealth(context)) {
            context.next();
        } else if (!named
                || !hosts.isEmpty() && !AUTHORITY.matcher(hosts.getFirst()).matches()) {
            FailureHandler.write(context, Problem.of(ErrorCode.MALFORMED_REQUEST));
        } else if (hosts.isEmpty() || isOurs(hosts.getFirst()) && (!absolute.matches() || isOurs(absolute.group(1)))) {
            context.next();
        } else {
            FailureHandler.write(context, Problem.of(ErrorCode.UNKNOWN_HOST));
        }
    }

    private static boolean isHealth(RoutingContext context) {
        String path = context.normalizedPath();
        return path.equals("/health") || path.startsWith("/health/");
    }

    private static boolean isOurs(String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        return parts.matches()
                && answers(parts.group(1), RunningServer.settings().publicUrls());
    }

    /**
     * Whether a shop with these public addresses answers to this name.
     *
     * @param host without its port, an IPv6 address in brackets
     */
    static boolean answers(String host, List<URI> publicUrls) {
        String name = bare(host);
        if (name.equals("localhost")
                || name.endsWith(".localhost")
                || publicUrls.stream().anyMatch(url -> bare(url.getHost()).equals(name))) {
            return true;
        }
        try {
            InetAddress address = InetAddress.ofLiteral(name);
            return publicUrls.isEmpty() || address.isLoopbackAddress();
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    /** The name in lower case, without brackets and the root's dot. */
    private static String bare(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        name = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Whether the caller used https, by a trusted proxy's header or else by the shop's address under this name. */
    public static boolean isHttps(HttpServerRequest request) {
        return "https".equals(request.scheme()) || saidByProxy(request) || isHttpsUrl(request);
    }

    /**
     * Whether {@code X-Forwarded-Proto} says https, or {@code Forwarded} (RFC 7239) if the proxy writes no such
     * header; the last entry is the proxy's own.
     */
    private static boolean saidByProxy(HttpServerRequest request) {
        if (!ClientInfo.isFromProxy(request)) {
            return false;
        }
        String protocol = last(request.headers().getAll("X-Forwarded-Proto"));
        if (!protocol.isEmpty()) {
            return protocol.equalsIgnoreCase("https");
        }
        for (String pair : last(request.headers().getAll("Forwarded")).split(";")) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equalsIgnoreCase("proto")) {
                return parts[1].replace("\"", "").equalsIgnoreCase("https");
            }
        }
        return false;
    }

    private static String last(List<String> values) {
        String all = values.isEmpty() ? "" : values.getLast();
        return all.substring(all.lastIndexOf(',') + 1).strip();
    }

    private static boolean isHttpsUrl(HttpServerRequest request) {
        List<URI> ours = RunningServer.settings().publicUrls();
        Matcher parts = AUTHORITY.matcher(authority(request));
        if (ours.isEmpty() || !parts.matches()) {
            return false;
        }
        List<URI> same = ours.stream()
                .filter(url -> bare(url.getHost()).equals(bare(parts.group(1))))
                .toList();
        return !same.isEmpty() && same.stream().allMatch(url -> url.getScheme().equals("https"));
    }

    /** Scheme, name and port by which the caller reached the shop; empty when the caller used no name. */
    public static String origin(HttpServerRequest request) {
        String authority = authority(request);
        if (!AUTHORITY.matcher(authority).matches()) {
            return "";
        }
        return (isHttps(request) ? "https://" : "http://") + authority;
    }

    /**
     * Whether the page that makes this call is one of ours or of a front end that the operator allowed; a caller that
     * names no page counts, since browsers name it on every call that changes something across sites. Ports are not
     * compared, because cookies are not bound to them either.
     */
    public static boolean isCalledFromHere(HttpServerRequest request) {
        List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
        return origins.isEmpty() || origins.size() == 1 && isHere(request, origins.getFirst());
    }

    private static boolean isHere(HttpServerRequest request, String origin) {
        if (RunningServer.settings().corsOrigins().contains(origin)) {
            return true;
        }
        Matcher page = ABSOLUTE.matcher(origin);
        Matcher named = page.matches() ? AUTHORITY.matcher(page.group(1)) : AUTHORITY.matcher("");
        Matcher called = AUTHORITY.matcher(authority(request));
        return named.matches()
                && called.matches()
                && bare(named.group(1)).equals(bare(called.group(1)))
                && (!isHttps(request) || origin.startsWith("https:"));
    }

    private static String authority(HttpServerRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        return host == null ? "" : host;
    }

    /**
     * The value for {@code Location}. JAX-RS makes each address absolute, with a scheme that is wrong behind a proxy,
     * and our own Content-Security-Policy then stops the form. So a place on this server is given by its path (RFC
     * 9110, 10.2.2).
     *
     * @param authority the caller's {@code Host}
     */
    static String relative(String location, @Nullable String authority) {
        Matcher parts = ABSOLUTE.matcher(location);
        if (authority == null || !parts.matches() || !parts.group(1).equalsIgnoreCase(authority)) {
            return location;
        }
        String rest = location.substring(parts.end(1));
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    /**
     * The name of our cookie on this request; over https one that no other host and no insecure connection can set.
     */
    public static String cookieName(HttpServerRequest request, String name) {
        return isHttps(request) ? OWN + name : name;
    }
}
