package com.electroisla.accounts.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Caller;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.http.server.ClientInfo;
import com.electroisla.http.server.Responses;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests with a valid access token, and answers 401 to all others, with the same words whatever the reason.
 */
final class TokenDoor {
    private static final Logger SECURITY = Logger.getLogger("electroisla.security");
    private static final String SCHEME = "Bearer";

    private TokenDoor() {}

    /**
     * @param accounts the accounts that the tokens belong to
     * @param further a further check of the token's caller; empty refuses the request
     */
    static void guard(
            ContainerRequestContext request,
            RoutingContext context,
            Accounts accounts,
            UnaryOperator<Optional<Caller>> further) {
        Optional<Caller> verified = token(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .flatMap(token -> accounts.verifier().verify(token));
        Optional<Caller> caller = further.apply(verified);
        if (caller.isPresent()) {
            Callers.admit(context, caller.get());
            return;
        }
        SECURITY.log(Level.WARNING, "acceso rechazado sin sesión válida a {0} ip={1}", new Object[] {
            request.getUriInfo().getPath(), ClientInfo.of(context).address().getHostAddress()
        });
        request.abortWith(refusal(Language.preferredBy(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE))));
    }

    static Response refusal(Language language) {
        return Responses.of(Problem.of(ErrorCode.NOT_SIGNED_IN)
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, SCHEME)
                .answer(language));
    }

    /** The token of {@code Bearer TOKEN}; the scheme's case does not matter (RFC 9110, 11.1). */
    static Optional<String> token(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME + " ", 0, SCHEME.length() + 1)) {
            return Optional.empty();
        }
        String token = authorization.substring(SCHEME.length() + 1).strip();
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }
}
