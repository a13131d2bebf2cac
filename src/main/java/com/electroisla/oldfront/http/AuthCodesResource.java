package com.electroisla.oldfront.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.ConfirmSignUp.Confirmed;
import com.electroisla.accounts.RecoverPassword.Reset;
import com.electroisla.accounts.SignUp;
import com.electroisla.accounts.SignUpByMail;
import com.electroisla.accounts.SignUpByMail.Begun;
import com.electroisla.accounts.SignUpByMail.Looked;
import com.electroisla.accounts.SignUpByMail.Resent;
import com.electroisla.accounts.SignUpByMail.Status;
import com.electroisla.accounts.Unfit;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Fields;
import com.electroisla.http.Messages;
import com.electroisla.http.Problem;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.server.Responses;
import com.electroisla.limits.LimitResult;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sign-up with a mailed code, and a new password with one. No answer tells whether an address has an account: that goes
 * into a letter to it.
 */
@Path("/api/auth")
@RequestScoped
@RunOnVirtualThread
public class AuthCodesResource {
    private static final int LONGEST_EMAIL = 254;
    private static final String CODE = "[0-9]{6}";

    /** No code is asked for an address with other letters, see {@link SignUpByMail}. */
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

    private final Accounts accounts;
    private final RoutingContext context;
    private final AuthEdge edge;

    @Inject
    AuthCodesResource(Accounts accounts, RoutingContext context) {
        this.accounts = accounts;
        this.context = context;
        this.edge = AuthEdge.of(context);
    }

    record SignUpJson(
            @Nullable String username,
            @Nullable String email,
            @Nullable String password,
            @Nullable String firstName,
            @Nullable String lastName) {}

    record EmailJson(@Nullable String email) {}

    record CodeJson(@Nullable String email, @Nullable String codigo) {}

    record ResetJson(
            @Nullable String email,
            @Nullable String codigo,
            @Nullable String password,
            @Nullable String passwordConfirm) {}

    record ExistsJson(boolean exists) {}

    record WaitingJson(String message, String email, String username, long expiresInMinutes) {}

    record ConfirmedJson(String message, String email, String username) {}

    record ResentJson(String message, String email, long expiresInMinutes) {}

    record StatusJson(
            String email,
            boolean isVerified,
            @Nullable Instant verificationExpiresAt,
            int resendCount,
            long resendAvailableInSeconds,
            boolean canResend) {}

    @POST
    @Path("check-email")
    public Response checkEmail(byte[] body) {
        String email = email(edge.read(body, EmailJson.class).email());
        accounts.signUpByMail().tellIfKnown(email, edge.language().locale(), edge.client());
        return Responses.of(Answer.ok(new ExistsJson(false)));
    }

    @POST
    @Path("register-with-verification")
    public Response register(byte[] body) {
        Optional<LimitResult.Exceeded> tooMany = accounts.registration().admit(edge.client());
        if (tooMany.isPresent()) {
            return edge.tooMany(tooMany.get());
        }
        SignUpJson given = edge.read(body, SignUpJson.class);
        var wanted = new SignUp(
                AuthEdge.stripped("username", given.username()),
                AuthEdge.stripped("email", given.email()),
                AuthEdge.required("password", given.password()),
                optional(given.firstName()),
                optional(given.lastName()));
        return switch (accounts.signUpByMail().begin(wanted, edge.language().locale(), edge.client())) {
            case Begun.Waiting(Duration validity) ->
                Responses.of(Answer.created(new WaitingJson(
                        message("registro_por_confirmar"), wanted.email(), wanted.username(), validity.toMinutes())));
            case Begun.Invalid(Unfit unfit) -> edge.badRequest(problem(unfit));
            case Begun.UsernameTaken _ -> edge.badRequest(Problem.of(ErrorCode.USERNAME_TAKEN));
            case Begun.TooMany(LimitResult.Exceeded limit) -> edge.tooMany(limit);
            case Begun.Busy _ -> edge.busy();
        };
    }

    /** Never says verified: for an address that has an account the answer would tell so. */
    @GET
    @Path("verification-status")
    public Response status() {
        String email = email(QueryParameters.parse(context.request().query()).get("email"));
        return switch (accounts.signUpByMail().status(email, edge.client())) {
            case Looked.Found(Status status) ->
                Responses.of(Answer.ok(new StatusJson(
                        email,
                        false,
                        status.until().orElse(null),
                        status.resends(),
                        status.resendSeconds(),
                        status.canResend())));
            case Looked.TooMany(LimitResult.Exceeded limit) -> edge.tooMany(limit);
        };
    }

    @POST
    @Path("verify-email")
    public Response confirm(byte[] body) {
        CodeJson given = edge.read(body, CodeJson.class);
        String email = email(given.email());
        return switch (accounts.confirmSignUp().confirm(email, code(given.codigo()), edge.client())) {
            case Confirmed.Opened(var profile) ->
                Responses.of(Answer.ok(
                        new ConfirmedJson(message("registro_confirmado"), profile.email(), profile.username())));
            case Confirmed.Wrong _ -> edge.answer(Problem.of(ErrorCode.INVALID_CODE));
            case Confirmed.Taken(boolean username) ->
                edge.badRequest(Problem.of(username ? ErrorCode.USERNAME_TAKEN : ErrorCode.EMAIL_TAKEN));
            case Confirmed.TooMany(LimitResult.Exceeded limit) -> edge.tooMany(limit);
            case Confirmed.Busy _ -> edge.busy();
        };
    }

    @POST
    @Path("resend-verification")
    public Response resend(byte[] body) {
        String email = email(edge.read(body, EmailJson.class).email());
        return switch (accounts.signUpByMail().resend(email, edge.language().locale(), edge.client())) {
            case Resent.Sent(Duration validity) ->
                Responses.of(Answer.ok(new ResentJson(message("codigo_reenviado"), email, validity.toMinutes())));
            case Resent.TooMany(LimitResult.Exceeded limit) -> edge.tooMany(limit);
        };
    }

    @POST
    @Path("forgot-password")
    public Response forgot(byte[] body) {
        String email = email(edge.read(body, EmailJson.class).email());
        accounts.recovery().ask(email, edge.language().locale(), edge.client());
        return Responses.of(Answer.ok(new AuthEdge.MessageJson(message("recuperacion_pedida"))));
    }

    @POST
    @Path("reset-password")
    public Response reset(byte[] body) {
        ResetJson given = edge.read(body, ResetJson.class);
        String email = email(given.email());
        String code = code(given.codigo());
        String password = AuthEdge.required("password", given.password());
        if (!password.equals(AuthEdge.required("password_confirm", given.passwordConfirm()))) {
            return edge.badRequest(Problem.invalidField("password_confirm", "clave_distinta"));
        }
        return switch (accounts.recovery().reset(email, code, password, edge.client())) {
            case Reset.Done _ -> Responses.of(Answer.ok(new AuthEdge.MessageJson(message("clave_cambiada"))));
            case Reset.Wrong _ -> edge.answer(Problem.of(ErrorCode.INVALID_CODE));
            case Reset.Invalid(Unfit unfit) -> edge.badRequest(problem(unfit));
            case Reset.TooMany(LimitResult.Exceeded limit) -> edge.tooMany(limit);
            case Reset.Busy _ -> edge.busy();
        };
    }

    private static String email(@Nullable String email) {
        String text = Fields.text("email", email, LONGEST_EMAIL);
        if (!ASCII.matcher(text).matches()) {
            throw Problem.invalidField("email", "correo_invalido").exception();
        }
        return text;
    }

    private static String code(@Nullable String code) {
        String stripped = AuthEdge.stripped("codigo", code);
        if (!stripped.matches(CODE)) {
            throw Problem.invalidField("codigo", "codigo_cifras").exception();
        }
        return stripped;
    }

    private static String optional(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private String message(String key) {
        return Messages.get(edge.language(), key);
    }

    private static Problem problem(Unfit unfit) {
        return Problem.invalidField(
                unfit.field(), unfit.reason(), unfit.bounds().toArray());
    }
}
