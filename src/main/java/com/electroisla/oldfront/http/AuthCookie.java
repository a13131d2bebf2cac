package com.electroisla.oldfront.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.http.server.Site;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.NewCookie;

/**
 * The cookie of the old front end's sign-in. Its name is the old shop's on every connection; no script can read it, and
 * no page of another site can have it sent.
 */
final class AuthCookie {
    private static final String NAME = "refreshToken";

    private AuthCookie() {}

    /** The refresh token that a request brings; empty when there is none. */
    static String of(HttpServerRequest request) {
        Cookie cookie = request.getCookie(NAME);
        return cookie == null ? "" : cookie.getValue();
    }

    static NewCookie with(HttpServerRequest request, String refreshToken) {
        return cookie(request, refreshToken, (int) Accounts.refreshLifetime().toSeconds());
    }

    static NewCookie expired(HttpServerRequest request) {
        return cookie(request, "", 0);
    }

    private static NewCookie cookie(HttpServerRequest request, String value, int seconds) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path("/")
                .maxAge(seconds)
                .httpOnly(true)
                .secure(Site.isHttps(request))
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
