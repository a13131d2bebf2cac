package com.electroisla.oldfront.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.BrowserRefresh;
import com.electroisla.accounts.Holder;
import com.electroisla.accounts.LogInOutcome;
import com.electroisla.accounts.Profile;
import com.electroisla.accounts.TokenPair;
import com.electroisla.accounts.http.Callers;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Messages;
import com.electroisla.http.Problem;
import com.electroisla.http.server.Responses;
import com.electroisla.http.server.Site;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sign-in of the old front end: the access token in the answer, the refresh token in a cookie. Calls that act by
 * the cookie are refused to other sites' pages.
 */
@Path("/api/auth")
@RequestScoped
@RunOnVirtualThread
public class AuthSessionResource {
    private final Accounts accounts;
    private final RoutingContext context;
    private final AuthEdge edge;

    @Inject
    AuthSessionResource(Accounts accounts, RoutingContext context) {
        this.accounts = accounts;
        this.context = context;
        this.edge = AuthEdge.of(context);
    }

    /** @param codigo of the second factor; the old front end sends none */
    record CredentialsJson(
            @Nullable String username,
            @Nullable String password,
            @Nullable String codigo) {}

    /** Nothing: no call here is let in by a token of its page, see {@link Site#isCalledFromHere}. */
    @GET
    @Path("csrf-token")
    public Response csrfToken() {
        return Responses.of(Answer.ok(Map.of()));
    }

    /** Reads no body: it is empty at the first call of a page and {@code {}} later. */
    @POST
    @Path("refresh")
    public Response refresh() {
        if (!Site.isCalledFromHere(context.request())) {
            return edge.answer(Problem.of(ErrorCode.FORBIDDEN));
        }
        String token = AuthCookie.of(context.request());
        if (token.isEmpty()) {
            return edge.answer(Problem.of(ErrorCode.INVALID_REFRESH_TOKEN));
        }
        return switch (accounts.refreshInBrowser(token, edge.client())) {
            case BrowserRefresh.Refreshed(TokenPair tokens, Holder holder) -> session(tokens, holder);
            // The cookie stays: another tab may have signed in meanwhile, and this answer would end that.
            case BrowserRefresh.Refused _ -> edge.answer(Problem.of(ErrorCode.INVALID_REFRESH_TOKEN));
        };
    }

    @POST
    @Path("login")
    public Response logIn(byte[] body) {
        CredentialsJson given = edge.read(body, CredentialsJson.class);
        LogInOutcome<TokenPair> outcome = accounts.login()
                .logIn(
                        AuthEdge.required("username", given.username()),
                        AuthEdge.required("password", given.password()),
                        Objects.requireNonNullElse(given.codigo(), ""),
                        edge.client());
        return switch (outcome) {
            case LogInOutcome.LoggedIn<TokenPair>(TokenPair tokens, Profile profile) ->
                accounts.holder(profile.id())
                        .map(holder -> session(tokens, holder))
                        .orElseGet(() -> edge.answer(Problem.of(ErrorCode.INVALID_CREDENTIALS)));
            case LogInOutcome.Refused<TokenPair> _ -> edge.answer(Problem.of(ErrorCode.INVALID_CREDENTIALS));
            case LogInOutcome.TooManyFailures<TokenPair>(var limit) -> edge.tooMany(limit);
            case LogInOutcome.Busy<TokenPair> _ -> edge.busy();
            case LogInOutcome.CodeNeeded<TokenPair> _ -> edge.answer(Problem.of(ErrorCode.SECOND_FACTOR_NEEDED));
            case LogInOutcome.WrongCode<TokenPair> _ -> edge.answer(Problem.of(ErrorCode.SECOND_FACTOR_WRONG));
            case LogInOutcome.FactorMissing<TokenPair> _ -> edge.answer(Problem.of(ErrorCode.SECOND_FACTOR_MISSING));
        };
    }

    /** Ends the sign-in of the token and that of the cookie, which need not be the same; 200 also without either. */
    @POST
    @Path("logout")
    public Response logOut() {
        if (!Site.isCalledFromHere(context.request())) {
            return edge.answer(Problem.of(ErrorCode.FORBIDDEN));
        }
        Callers.named(context, accounts).ifPresent(caller -> accounts.logOut(caller, edge.client()));
        String token = AuthCookie.of(context.request());
        if (!token.isEmpty()) {
            accounts.logOutBrowser(token, edge.client());
        }
        String message = Messages.get(edge.language(), "sesion_cerrada");
        return with(Answer.ok(new AuthEdge.MessageJson(message)), AuthCookie.expired(context.request()));
    }

    private Response session(TokenPair tokens, Holder holder) {
        Answer answer = Answer.ok(AuthEdge.SessionJson.of(tokens, holder));
        return tokens.refreshToken().isEmpty()
                ? Responses.of(answer)
                : with(answer, AuthCookie.with(context.request(), tokens.refreshToken()));
    }

    private static Response with(Answer answer, NewCookie cookie) {
        return Response.fromResponse(Responses.of(answer)).cookie(cookie).build();
    }
}
