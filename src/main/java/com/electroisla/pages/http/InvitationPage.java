package com.electroisla.pages.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.InviteStaff.Accepted;
import com.electroisla.accounts.InviteStaff.Opened;
import com.electroisla.accounts.LogInOutcome;
import com.electroisla.accounts.Profile;
import com.electroisla.accounts.Unfit;
import com.electroisla.accounts.Visitor;
import com.electroisla.accounts.WebSession;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
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
import java.util.Objects;
import java.util.Optional;

/** The page where an invited colleague opens an account. It changes nothing when it is only looked at. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/invitacion")
public class InvitationPage {
    static final String CODE = "codigo";

    private final Visit visit;
    private final Accounts accounts;

    @Inject
    InvitationPage(RoutingContext context, Accounts accounts) {
        this.visit = Visit.of(context);
        this.accounts = accounts;
    }

    @GET
    public Response form() {
        String token = Objects.requireNonNullElse(visit.query().get(CODE), "").strip();
        return token.isEmpty() ? page(200, LinkView.closed("", "")) : form(200, token, "", "");
    }

    @POST
    public Response accept() {
        Form form = visit.form();
        String token = form.text(CODE);
        String username = form.text("username");
        String password = form.raw("password");
        if (username.isEmpty() || password.isEmpty()) {
            return form(400, token, username, text("faltan_datos"));
        }
        if (visit.visitor().isPresent()) {
            return form(409, token, username, text("enlace_de_otro"));
        }
        return switch (accounts.invitations().accept(token, username, password, visit.client())) {
            case Accepted.Done(Profile profile) -> enter(profile, password);
            case Accepted.Over _ -> page(410, LinkView.closed(token, text("invitacion_terminada")));
            case Accepted.Invalid(Unfit unfit) ->
                form(
                        400,
                        token,
                        username,
                        message(Problem.invalidField(
                                unfit.field(), unfit.reason(), unfit.bounds().toArray())));
            case Accepted.UsernameTaken _ -> form(409, token, username, message(Problem.of(ErrorCode.USERNAME_TAKEN)));
            case Accepted.EmailTaken _ -> form(409, token, username, message(Problem.of(ErrorCode.EMAIL_TAKEN)));
            case Accepted.Busy _ -> form(503, token, username, message(Problem.of(ErrorCode.BUSY)));
        };
    }

    private Response enter(Profile profile, String password) {
        return accounts.login().logInBrowser(profile.username(), password, visit.client())
                        instanceof LogInOutcome.LoggedIn<WebSession>(WebSession session, var _)
                ? visit.enter("/admin/", session)
                : visit.goTo(SignIn.STAFF, Notice.done(text("cuenta_abierta")));
    }

    /** The form of a good link, or the page of one that is over. */
    private Response form(int status, String token, String username, String problem) {
        Optional<Opened> opened = accounts.invitations().open(token);
        if (opened.isEmpty()) {
            return page(status == 200 ? 410 : status, LinkView.closed(token, text("invitacion_terminada")));
        }
        String other = visit.visitor().map(Visitor::username).orElse("");
        return page(
                status,
                new LinkView(
                        token, true, opened.get().email(), opened.get().role().text(), username, other, problem));
    }

    private Response page(int status, LinkView view) {
        return visit.page(status, SignInTemplates.invitation(visit.frame(Words.COMMON, "invitacion", List.of()), view));
    }

    private String text(String key) {
        return visit.words(Words.COMMON).text(key);
    }

    private String message(Problem problem) {
        return problem.message(visit.language());
    }
}
