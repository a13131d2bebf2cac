package com.electroisla.http.server;

import java.util.Map;

/** What a browser is told about every page of ours: nothing runs, loads or frames but what comes from here. */
public final class PageSecurity {
    /** Pictures of products may lie anywhere; the stylesheet draws its small symbols from {@code data:}. */
    private static final String POLICY = String.join("; ",
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' https: data:", "font-src 'self'",
            "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'");

    public static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Frame-Options", "DENY",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    private PageSecurity() {}
}
