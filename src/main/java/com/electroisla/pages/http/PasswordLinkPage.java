package com.electroisla.pages.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.ResetByLink.Reset;
import com.electroisla.accounts.Unfit;
import com.electroisla.accounts.Visitor;
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

/** The page of a link that an admin sent: it sets a new password. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/clave")
public class PasswordLinkPage {
    private final Visit visit;
    private final Accounts accounts;

    @Inject
    PasswordLinkPage(RoutingContext context, Accounts accounts) {
        this.visit = Visit.of(context);
        this.accounts = accounts;
    }

    @GET
    public Response form() {
        String token = Objects.requireNonNullElse(visit.query().get(InvitationPage.CODE), "")
                .strip();
        return token.isEmpty() ? page(200, LinkView.closed("", "")) : form(200, token, "");
    }

    @POST
    public Response reset() {
        Form form = visit.form();
        String token = form.text(InvitationPage.CODE);
        String password = form.raw("password");
        if (password.isEmpty()) {
            return form(400, token, text("faltan_datos"));
        }
        if (visit.visitor().isPresent()) {
            return form(409, token, text("enlace_de_otro"));
        }
        return switch (accounts.resetLinks()
                .reset(token, password, visit.language().locale(), visit.client())) {
            case Reset.Done _ -> visit.goTo(SignIn.BUYERS, Notice.done(text("clave_recuperada")));
            case Reset.Over _ -> page(410, LinkView.closed(token, text("enlace_terminado")));
            case Reset.Invalid(Unfit unfit) ->
                form(
                        400,
                        token,
                        message(Problem.invalidField(
                                unfit.field(), unfit.reason(), unfit.bounds().toArray())));
            case Reset.Busy _ -> form(503, token, message(Problem.of(ErrorCode.BUSY)));
        };
    }

    private Response form(int status, String token, String problem) {
        Optional<String> opened = accounts.resetLinks().open(token);
        if (opened.isEmpty()) {
            return page(status == 200 ? 410 : status, LinkView.closed(token, text("enlace_terminado")));
        }
        String other = visit.visitor().map(Visitor::username).orElse("");
        return page(status, new LinkView(token, true, opened.get(), "", "", other, problem));
    }

    private Response page(int status, LinkView view) {
        return visit.page(
                status, SignInTemplates.passwordLink(visit.frame(Words.COMMON, "clave_por_enlace", List.of()), view));
    }

    private String text(String key) {
        return visit.words(Words.COMMON).text(key);
    }

    private String message(Problem problem) {
        return problem.message(visit.language());
    }
}
