package com.electroisla.accounts.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Caller;
import com.electroisla.accounts.Client;
import com.electroisla.accounts.LogInOutcome;
import com.electroisla.accounts.Profile;
import com.electroisla.accounts.RefreshOutcome;
import com.electroisla.accounts.RegisterOutcome;
import com.electroisla.accounts.TokenPair;
import com.electroisla.accounts.Unfit;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.http.server.ClientInfo;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.limits.LimitResult;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Registration, login, exchange of the refresh token, logout, and the account of a token. */
@RequestScoped
@RunOnVirtualThread
@Path("/api")
@Tag(name = "sesión")
public class AuthResource {
    private static final String TOKEN_TYPE = "Bearer";
    private static final Problem BUSY = Problem.of(ErrorCode.BUSY).withHeader(HttpHeaders.RETRY_AFTER, "2");

    private final Accounts accounts;
    private final RoutingContext request;

    @Inject
    AuthResource(Accounts accounts, RoutingContext request) {
        this.accounts = accounts;
        this.request = request;
    }

    record Registration(
            @Nullable String username,
            @Nullable String email,
            @Nullable String password) {}

    /** @param codigo of the second factor, or a recovery code; needed where the account has one */
    record Credentials(
            @Nullable String username,
            @Nullable String password,
            @Nullable String codigo) {}

    record Refresh(@Nullable String refreshToken) {}

    record User(int id, String username, String email, String rol) {
        static User of(Profile profile) {
            return new User(
                    profile.id(),
                    profile.username(),
                    profile.email(),
                    profile.role().text());
        }
    }

    record LoggedIn(String accessToken, String refreshToken, String tokenType, long expiresIn, User user) {}

    record Refreshed(String accessToken, String refreshToken, String tokenType, long expiresIn) {}

    /** @param rol the role that the account has now */
    record WhoAmI(int id, String username, String rol, Instant expiresAt) {}

    @POST
    @Path("registro")
    @Operation(summary = "Abre una cuenta de cliente")
    public Response register(byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        Client client = client();
        Optional<LimitResult.Exceeded> tooMany = accounts.registration().admit(client);
        if (tooMany.isPresent()) {
            return refused(Replies.problem(tooMany.get()));
        }
        Registration wanted = Json.read(body, contentType, Registration.class);
        RegisterOutcome outcome = accounts.registration()
                .register(
                        required("username", wanted.username()),
                        required("email", wanted.email()),
                        required("password", wanted.password()),
                        client);
        return switch (outcome) {
            case RegisterOutcome.Registered(Profile profile) -> Responses.of(Answer.created(User.of(profile)));
            case RegisterOutcome.Invalid(Unfit unfit) ->
                refused(Problem.invalidField(
                        unfit.field(), unfit.reason(), unfit.bounds().toArray()));
            case RegisterOutcome.UsernameTaken() -> refused(Problem.of(ErrorCode.USERNAME_TAKEN));
            case RegisterOutcome.EmailTaken() -> refused(Problem.of(ErrorCode.EMAIL_TAKEN));
            case RegisterOutcome.Busy() -> refused(BUSY);
        };
    }

    @POST
    @Path("login")
    @Operation(
            summary = "Inicia sesión",
            description =
                    "5 fallos por minuto y usuario o dirección; después, 429. Una cuenta con segundo factor envía "
                            + "también codigo; sin él, 401 segundo_factor_requerido")
    public Response logIn(byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        Credentials given = Json.read(body, contentType, Credentials.class);
        LogInOutcome<TokenPair> outcome = accounts.login()
                .logIn(
                        required("username", given.username()),
                        required("password", given.password()),
                        Objects.requireNonNullElse(given.codigo(), ""),
                        client());
        return switch (outcome) {
            case LogInOutcome.LoggedIn<TokenPair>(TokenPair tokens, Profile profile) ->
                fresh(Answer.ok(new LoggedIn(
                        tokens.accessToken(),
                        tokens.refreshToken(),
                        TOKEN_TYPE,
                        tokens.expiresIn().toSeconds(),
                        User.of(profile))));
            case LogInOutcome.Refused<TokenPair>() -> refused(Problem.of(ErrorCode.INVALID_CREDENTIALS));
            case LogInOutcome.TooManyFailures<TokenPair>(var limit) -> refused(Replies.problem(limit));
            case LogInOutcome.Busy<TokenPair>() -> refused(BUSY);
            case LogInOutcome.CodeNeeded<TokenPair> _ -> refused(Problem.of(ErrorCode.SECOND_FACTOR_NEEDED));
            case LogInOutcome.WrongCode<TokenPair>() -> refused(Problem.of(ErrorCode.SECOND_FACTOR_WRONG));
            case LogInOutcome.FactorMissing<TokenPair>() -> refused(Problem.of(ErrorCode.SECOND_FACTOR_MISSING));
        };
    }

    @POST
    @Path("token/refresh")
    @Operation(
            summary = "Cambia el refresh token por otro par de tokens",
            description = "Cada refresh token sirve una vez; si se usa otra vez, toda su sesión se revoca")
    public Response refresh(byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        Refresh given = Json.read(body, contentType, Refresh.class);
        return switch (accounts.refresh(required("refresh_token", given.refreshToken()), client())) {
            case RefreshOutcome.Refreshed(TokenPair tokens, var _) ->
                fresh(Answer.ok(new Refreshed(
                        tokens.accessToken(),
                        tokens.refreshToken(),
                        TOKEN_TYPE,
                        tokens.expiresIn().toSeconds())));
            case RefreshOutcome.Refused refused -> refused(Problem.of(ErrorCode.INVALID_REFRESH_TOKEN));
        };
    }

    @GET
    @Path("quien-soy")
    @SignedIn
    @Operation(summary = "De quién es el token de acceso")
    public Response whoAmI() {
        Caller caller = Callers.of(request);
        return Responses.of(Answer.ok(
                new WhoAmI(caller.userId(), caller.username(), caller.role().text(), caller.expiresAt())));
    }

    @POST
    @Path("logout")
    @SignedIn
    @Operation(summary = "Cierra la sesión en todas las instancias")
    public Response logOut() {
        return accounts.logOut(Callers.of(request), client())
                ? Responses.of(Answer.noContent())
                : TokenDoor.refusal(Language.preferredBy(request.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
    }

    private Client client() {
        ClientInfo info = ClientInfo.of(request);
        return new Client(info.address(), info.userAgent());
    }

    /** The answer with a header that forbids caches on the way to store it. */
    private static Response fresh(Answer answer) {
        return Responses.of(new Answer(answer.status(), answer.body(), Map.of(HttpHeaders.CACHE_CONTROL, "no-store")));
    }

    private Response refused(Problem problem) {
        return Responses.of(
                problem.answer(Language.preferredBy(request.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE))));
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw Problem.invalidField(field, "campo_obligatorio").exception();
        }
        return value;
    }
}
