package com.electroisla.accounts.http;

import com.electroisla.RunningServer;
import com.electroisla.accounts.Caller;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.http.server.ClientInfo;
import com.electroisla.http.server.Responses;
import com.electroisla.logs.LogContext;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Lets in who has a valid access token, and answers 401 to everybody else, with the same words whatever is wrong. */
@Provider
@SignedIn
@Priority(Priorities.AUTHENTICATION)
final class SignedInFilter implements ContainerRequestFilter {
    private static final Logger SECURITY = Logger.getLogger("electroisla.security");
    private static final String SCHEME = "Bearer";

    private final CurrentVertxRequest current;

    @Inject
    SignedInFilter(CurrentVertxRequest current) {
        this.current = current;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<Caller> caller = token(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .flatMap(token -> RunningServer.shop().accounts().verifier().verify(token));
        if (caller.isPresent()) {
            Callers.remember(current.getCurrent(), caller.get());
            LogContext.user(caller.get().userId());
            return;
        }
        SECURITY.log(Level.WARNING, "acceso rechazado sin sesión válida a {0} ip={1}",
                new Object[] {request.getUriInfo().getPath(), ClientInfo.of(current.getCurrent()).address().getHostAddress()});
        Language language = Language.preferredBy(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
        Problem problem = Problem.of(ErrorCode.NOT_SIGNED_IN).withHeader(HttpHeaders.WWW_AUTHENTICATE, SCHEME);
        request.abortWith(Responses.of(problem.answer(language)));
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
