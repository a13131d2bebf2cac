package com.electroisla.http.server;

import com.electroisla.wiring.RunningServer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * The public address of this site: the first of {@code ELECTRO_ISLA_URL}, or without it the name that the caller used,
 * after {@link Site} has checked it.
 *
 * @param base scheme, host and port; empty for a caller that used no name
 */
public record PublicAddress(String base) {
    public static PublicAddress of(HttpServerRequest request) {
        return new PublicAddress(RunningServer.settings().publicUrls().stream()
                .findFirst()
                .map(Object::toString)
                .orElseGet(() -> Site.origin(request)));
    }

    /** The full address of a path; any other text is a full address already. */
    public @Nullable String of(@Nullable String address) {
        return address != null && address.startsWith("/") && !address.startsWith("//") ? base + address : address;
    }
}
