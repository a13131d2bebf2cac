package com.electroisla.pages.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.RecoverPassword.Reset;
import com.electroisla.accounts.Unfit;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.http.server.Replies;
import com.electroisla.limits.LimitResult;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The pages for a forgotten password: a code is mailed to an address, and sets a new one. No answer tells whether the
 * address has an account.
 */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/recuperar")
public class RecoverPages {
    /** No code is asked for an address with other letters, which are read in more than one way. */
    private static final Pattern ADDRESS = Pattern.compile("[\\p{ASCII}&&[^\\s@]]{1,200}@[\\p{ASCII}&&[^\\s@]]{1,53}");

    private static final Pattern CODE = Pattern.compile("[0-9]{6}");
    private static final String[] SEPARATORS = {" ", "-"};

    private final Visit visit;
    private final Accounts accounts;

    @Inject
    RecoverPages(RoutingContext context, Accounts accounts) {
        this.visit = Visit.of(context);
        this.accounts = accounts;
    }

    @GET
    public Response form() {
        return ask(200, "", "");
    }

    @POST
    public Response ask() {
        String email = visit.form().text("email");
        if (!ADDRESS.matcher(email).matches()) {
            return ask(400, email, text("correo_raro"));
        }
        accounts.recovery().ask(email, visit.language().locale(), visit.client());
        return code(200, new RecoverView(email, "", true, ""));
    }

    private Response ask(int status, String email, String problem) {
        return visit.page(
                status,
                SignInTemplates.recover(
                        visit.frame(Words.COMMON, "recuperar", List.of()), new RecoverView(email, "", false, problem)));
    }

    @GET
    @Path("codigo")
    public Response codeForm() {
        return code(200, new RecoverView("", "", false, ""));
    }

    @POST
    @Path("codigo")
    public Response reset() {
        Form form = visit.form();
        String email = form.text("email");
        String typed = form.text("codigo");
        String password = form.raw("password");
        if (!ADDRESS.matcher(email).matches()) {
            return refused(400, email, typed, text("correo_raro"));
        }
        String code = typed;
        for (String each : SEPARATORS) {
            code = code.replace(each, "");
        }
        if (!CODE.matcher(code).matches()) {
            return refused(400, email, typed, message(Problem.invalidField("codigo", "codigo_cifras")));
        }
        if (password.isEmpty()) {
            return refused(400, email, typed, text("faltan_datos"));
        }
        return switch (accounts.recovery().reset(email, code, password, visit.client())) {
            case Reset.Done _ -> done();
            case Reset.Wrong _ -> refused(400, email, typed, message(Problem.of(ErrorCode.INVALID_CODE)));
            case Reset.Invalid(Unfit unfit) ->
                refused(
                        400,
                        email,
                        typed,
                        message(Problem.invalidField(
                                unfit.field(), unfit.reason(), unfit.bounds().toArray())));
            case Reset.TooMany(LimitResult.Exceeded limit) ->
                refused(429, email, typed, message(Replies.problem(limit)));
            case Reset.Busy _ -> refused(503, email, typed, message(Problem.of(ErrorCode.BUSY)));
        };
    }

    /** A session of the account has ended with the old password, so its cookie goes too. */
    private Response done() {
        return visit.visitor().isPresent()
                ? visit.leave(SignIn.BUYERS)
                : visit.goTo(SignIn.BUYERS, Notice.done(text("clave_recuperada")));
    }

    private Response refused(int status, String email, String code, String problem) {
        return code(status, new RecoverView(email, code, false, problem));
    }

    private Response code(int status, RecoverView view) {
        return visit.page(
                status, SignInTemplates.recoverCode(visit.frame(Words.COMMON, "recuperar_codigo", List.of()), view));
    }

    private String text(String key) {
        return visit.words(Words.COMMON).text(key);
    }

    private String message(Problem problem) {
        return problem.message(visit.language());
    }
}
