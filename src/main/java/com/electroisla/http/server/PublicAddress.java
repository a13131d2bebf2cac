package com.electroisla.http.server;

import com.electroisla.RunningServer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody outside finds what is on this site: under the first of {@code ELECTRO_ISLA_URL}, or without it under the name that the caller
 * used, which is believed ({@link Site}).
 *
 * @param base scheme, host and port; empty for a caller that used no name
 */
public record PublicAddress(String base) {
    public static PublicAddress of(HttpServerRequest request) {
        return new PublicAddress(RunningServer.shop().settings().publicUrls().stream().findFirst().map(Object::toString).orElseGet(() -> Site.origin(request)));
    }

    /** The whole address of what begins with a slash; any other is whole already. */
    public @Nullable String of(@Nullable String address) {
        return address != null && address.startsWith("/") && !address.startsWith("//") ? base + address : address;
    }
}
