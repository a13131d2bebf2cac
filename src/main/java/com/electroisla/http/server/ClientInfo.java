package com.electroisla.http.server;

import com.electroisla.settings.AddressRange;
import com.electroisla.wiring.RunningServer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The caller's address and browser, for limits and for the record of a reservation.
 *
 * <p>{@code X-Forwarded-For} is trusted only when it comes from an address in {@code ELECTRO_ISLA_PROXIES}, and then
 * the rightmost entry that is not such a proxy is the client: entries further left are the caller's own claims.
 * {@code Forwarded} is not read: a proxy that writes only one of the two passes the other on as the caller wrote it.
 *
 * @param userAgent at most 500 characters, without control characters; empty when the caller sent none
 */
public record ClientInfo(InetAddress address, String userAgent) {
    private static final int LONGEST_USER_AGENT = 500;

    /** The caller of this request, by the running shop's settings. */
    public static ClientInfo of(RoutingContext context) {
        return new ClientInfo(
                client(
                        peer(context.request()),
                        context.request().headers().getAll("X-Forwarded-For"),
                        RunningServer.settings().proxies()),
                cleaned(context.request().getHeader(HttpHeaders.USER_AGENT)));
    }

    /** Whether the peer itself, not its claimed address, is a trusted proxy. */
    static boolean isFromProxy(HttpServerRequest request) {
        List<AddressRange> proxies = RunningServer.settings().proxies();
        return !proxies.isEmpty() && isTrusted(peer(request), proxies);
    }

    static InetAddress client(InetAddress peer, List<String> forwardedFor, List<AddressRange> proxies) {
        InetAddress client = peer;
        for (String entry : rightToLeft(forwardedFor)) {
            if (!isTrusted(client, proxies)) {
                return client;
            }
            InetAddress claimed = parse(entry);
            if (claimed == null) {
                return client;
            }
            client = claimed;
        }
        return client;
    }

    static String cleaned(@Nullable String userAgent) {
        if (userAgent == null) {
            return "";
        }
        StringBuilder kept = new StringBuilder(Math.min(userAgent.length(), LONGEST_USER_AGENT));
        for (int i = 0; i < userAgent.length() && kept.length() < LONGEST_USER_AGENT; i++) {
            char character = userAgent.charAt(i);
            if (!Character.isISOControl(character) && !Character.isSurrogate(character)) {
                kept.append(character);
            }
        }
        return kept.toString().strip();
    }

    private static InetAddress peer(HttpServerRequest request) {
        InetAddress address = parse(request.remoteAddress().hostAddress());
        return address == null ? InetAddress.getLoopbackAddress() : address;
    }

    private static boolean isTrusted(InetAddress address, List<AddressRange> proxies) {
        return proxies.stream().anyMatch(range -> range.contains(address));
    }

    private static List<String> rightToLeft(List<String> headers) {
        List<String> entries = new ArrayList<>();
        for (String header : headers) {
            Collections.addAll(entries, header.split(",", -1));
        }
        return entries.reversed();
    }

    /** Parses an address, {@code 10.1.2.3:8080} or {@code [::1]:8080}; null when it is none. A zone is removed. */
    private static @Nullable InetAddress parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String address = text.strip();
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            address = end < 0 ? "" : address.substring(1, end);
        } else if (address.indexOf(':') == address.lastIndexOf(':') && address.indexOf(':') > 0) {
            address = address.substring(0, address.indexOf(':'));
        }
        int zone = address.indexOf('%');
        try {
            InetAddress parsed = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
            return InetAddress.getByAddress(parsed.getAddress());
        } catch (IllegalArgumentException | UnknownHostException notAnAddress) {
            return null;
        }
    }
}
