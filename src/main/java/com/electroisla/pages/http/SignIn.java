package com.electroisla.pages.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Client;
import com.electroisla.accounts.HalfWay;
import com.electroisla.accounts.LogInOutcome;
import com.electroisla.accounts.Profile;
import com.electroisla.accounts.RegisterOutcome;
import com.electroisla.accounts.Role;
import com.electroisla.accounts.Unfit;
import com.electroisla.accounts.WebSession;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.http.server.Replies;
import com.electroisla.limits.LimitResult;
import com.electroisla.pages.Form;
import com.electroisla.pages.Frame;
import com.electroisla.pages.Words;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/**
 * The common part of the pages to sign in and to sign up: check the typed values, and show the form again or enter.
 */
record SignIn(Visit visit, Accounts accounts) {
    static final String STAFF = "/admin/login/";
    static final String BUYERS = "/entrar/";
    private static final String SIGN_UP = "/registro/";

    static SignIn of(RoutingContext context, Accounts accounts) {
        return new SignIn(Visit.of(context), accounts);
    }

    /** @param page the address of the form */
    Response form(String page) {
        String next = visit.query().get("next");
        return form(200, page, next == null ? "" : next, "", "");
    }

    Response signUpForm() {
        String next = visit.query().get("next");
        return signUpForm(200, next == null ? "" : next, "", "", "");
    }

    Response signUp() {
        Client client = visit.client();
        String next = visit.form().text("next");
        Optional<LimitResult.Exceeded> tooMany = accounts.registration().admit(client);
        if (tooMany.isPresent()) {
            return signUpForm(429, next, "", "", message(Replies.problem(tooMany.get())));
        }
        Form form = visit.form();
        String username = form.text("username");
        String email = form.text("email");
        String password = form.raw("password");
        if (username.isEmpty() || email.isEmpty() || password.isEmpty()) {
            return signUpForm(400, next, username, email, words().text("faltan_datos"));
        }
        RegisterOutcome outcome = accounts.registration().register(username, email, password, client, form.key());
        if (!(outcome instanceof RegisterOutcome.Registered)
                && accounts.registration().wasRegisteredBy(form.key(), username, email)) {
            return enter(accounts.login().logInBrowser(username, password, client), BUYERS, "/", username);
        }
        return switch (outcome) {
            case RegisterOutcome.Registered(Profile _) ->
                enter(accounts.login().logInBrowser(username, password, client), BUYERS, "/", username);
            case RegisterOutcome.Invalid(Unfit unfit) ->
                signUpForm(
                        400,
                        next,
                        username,
                        email,
                        message(Problem.invalidField(
                                unfit.field(), unfit.reason(), unfit.bounds().toArray())));
            case RegisterOutcome.UsernameTaken() ->
                signUpForm(409, next, username, email, message(Problem.of(ErrorCode.USERNAME_TAKEN)));
            case RegisterOutcome.EmailTaken() ->
                signUpForm(409, next, username, email, message(Problem.of(ErrorCode.EMAIL_TAKEN)));
            case RegisterOutcome.Busy() -> signUpForm(503, next, username, email, message(Problem.of(ErrorCode.BUSY)));
        };
    }

    Response signOut() {
        visit.visitor().ifPresent(who -> accounts.webSessions().signOut(who, visit.client()));
        return visit.leave(LocalPath.of(visit.form().text("next"), "/"));
    }

    /** @param home the target after a success when no other page was asked for */
    Response signIn(String page, String home) {
        Form form = visit.form();
        String username = form.text("username");
        String password = form.raw("password");
        if (username.isEmpty() || password.isEmpty()) {
            return form(400, page, form.text("next"), username, words().text("faltan_datos"));
        }
        visit.visitor().ifPresent(before -> accounts.webSessions().signOut(before, visit.client()));
        return enter(accounts.login().logInBrowser(username, password, visit.client()), page, home, username);
    }

    private Response enter(LogInOutcome<WebSession> outcome, String page, String home, String username) {
        String next = visit.form().text("next");
        return switch (outcome) {
            case LogInOutcome.LoggedIn<WebSession>(WebSession session, Profile profile) -> {
                if (page.equals(STAFF) && profile.role() == Role.CLIENTE) {
                    accounts.webSessions()
                            .visitor(session.token())
                            .ifPresent(who -> accounts.webSessions().signOut(who, visit.client()));
                    yield form(403, page, next, username, words().text("sin_panel"));
                }
                yield visit.enter(LocalPath.of(next, home), session);
            }
            case LogInOutcome.Refused<WebSession>() ->
                form(401, page, next, username, message(Problem.of(ErrorCode.INVALID_CREDENTIALS)));
            case LogInOutcome.TooManyFailures<WebSession>(var limit) ->
                form(429, page, next, username, message(Replies.problem(limit)));
            case LogInOutcome.Busy<WebSession>() ->
                form(503, page, next, username, message(Problem.of(ErrorCode.BUSY)));
            case LogInOutcome.CodeNeeded<WebSession>(HalfWay half) -> codeForm(200, page, next, half.text(), "");
            case LogInOutcome.WrongCode<WebSession> _, LogInOutcome.FactorMissing<WebSession> _ ->
                form(401, page, next, username, message(Problem.of(ErrorCode.INVALID_CREDENTIALS)));
        };
    }

    /** The form of the second step without a first one, which leads to that. */
    Response codeForm() {
        return codeForm(200, BUYERS, "", "", "");
    }

    /** The second step: the code of the second factor. */
    Response enterCode() {
        Form form = visit.form();
        String page = form.text("puerta").equals(STAFF) ? STAFF : BUYERS;
        String next = form.text("next");
        Optional<HalfWay> half = visit.readSigned(form.text("a_medias")).flatMap(HalfWay::parse);
        if (half.isEmpty()) {
            return form(400, page, next, "", words().text("codigo_tarde"));
        }
        String code = form.text("codigo");
        return switch (accounts.login().finishInBrowser(half.get(), code, visit.client())) {
            case LogInOutcome.LoggedIn<WebSession> entered ->
                enter(entered, page, page.equals(STAFF) ? "/admin/" : "/", "");
            case LogInOutcome.WrongCode<WebSession> _ ->
                codeForm(401, page, next, half.get().text(), message(Problem.of(ErrorCode.SECOND_FACTOR_WRONG)));
            case LogInOutcome.CodeNeeded<WebSession> _ ->
                codeForm(400, page, next, half.get().text(), words().text("faltan_datos"));
            case LogInOutcome.TooManyFailures<WebSession>(var limit) ->
                codeForm(429, page, next, half.get().text(), message(Replies.problem(limit)));
            case LogInOutcome.Busy<WebSession> _ ->
                codeForm(503, page, next, half.get().text(), message(Problem.of(ErrorCode.BUSY)));
            case LogInOutcome.Refused<WebSession> _, LogInOutcome.FactorMissing<WebSession> _ ->
                form(401, page, next, "", words().text("codigo_tarde"));
        };
    }

    private Response codeForm(int status, String page, String next, String half, String problem) {
        var view = new CodeView(page, LocalPath.of(next, ""), half.isEmpty() ? "" : visit.sign(half), problem);
        return visit.page(status, SignInTemplates.code(frame("segundo_paso"), view));
    }

    private Response form(int status, String page, String next, String username, String problem) {
        var view = new SignInView(page, LocalPath.of(next, ""), username, "", page.equals(STAFF), problem);
        return visit.page(
                status, SignInTemplates.signIn(frame(page.equals(STAFF) ? "entrar_al_panel" : "entrar"), view));
    }

    private Response signUpForm(int status, String next, String username, String email, String problem) {
        var view = new SignInView(SIGN_UP, LocalPath.of(next, ""), username, email, false, problem);
        return visit.page(status, SignInTemplates.signUp(frame("crear_cuenta"), view));
    }

    private Frame frame(String title) {
        return visit.frame(Words.COMMON, title, List.of());
    }

    private String message(Problem problem) {
        return problem.message(visit.language());
    }

    private Words words() {
        return visit.words(Words.COMMON);
    }
}
