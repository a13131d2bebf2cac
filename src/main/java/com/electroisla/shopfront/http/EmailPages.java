package com.electroisla.shopfront.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Holder;
import com.electroisla.accounts.OwnEmail.Asked;
import com.electroisla.accounts.OwnEmail.Confirming;
import com.electroisla.accounts.Unfit;
import com.electroisla.accounts.Visitor;
import com.electroisla.cart.Carts;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.http.server.Replies;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.shopfront.AccountView;
import com.electroisla.shopfront.GuestBuyers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Objects;

/** Another e-mail address for one's own account, and its confirmation. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/cuenta/correo")
public class EmailPages {
    private static final String HERE = "/cuenta/correo/";
    private static final String CODE = "codigo";

    private final Front front;
    private final Accounts accounts;

    @Inject
    EmailPages(RoutingContext context, Carts carts, GuestBuyers guests, Accounts accounts) {
        this.front = Front.of(context, carts, guests, HERE);
        this.accounts = accounts;
    }

    @GET
    public Response form() {
        return page(200, "", "");
    }

    @POST
    public Response ask() {
        Visitor who = front.who();
        Form form = front.visit().form();
        IdempotencyKey key = front.onceWithout(form, "password");
        String email = form.text("email");
        String password = form.raw("password");
        if (email.isEmpty() || password.isEmpty()) {
            return page(400, email, front.text("faltan_datos"));
        }
        Asked asked = accounts.ownEmail()
                .ask(
                        who,
                        email,
                        password,
                        front.visit().language().locale(),
                        front.visit().client(),
                        key);
        return switch (asked) {
            case Asked.Done _ ->
                front.visit().goTo(AccountPages.HERE, Notice.done(front.text("correo_enviado", email)));
            case Asked.AppliedBefore(boolean same) ->
                front.visit().goTo(AccountPages.HERE, new Applied.Before<>(same, ""));
            case Asked.Same _ -> page(400, email, front.text("correo_igual"));
            case Asked.Invalid(Unfit unfit) -> page(400, email, front.message(unfit));
            case Asked.WrongPassword _ -> page(400, email, front.text("clave_actual_mal"));
            case Asked.TooMany(Exceeded limit) -> page(429, email, front.message(Replies.problem(limit)));
            case Asked.Busy _ -> page(503, email, front.message(Problem.of(ErrorCode.BUSY)));
        };
    }

    private Response page(int status, String email, String problem) {
        String present =
                accounts.holder(front.who().userId()).map(Holder::email).orElse("");
        return front.visit()
                .page(
                        status,
                        FrontTemplates.email(
                                front.frame(Front.Part.ACCOUNT, "cambiar_correo"),
                                new AccountView.Email(present, email, "", problem)));
    }

    @GET
    @Path("confirmar")
    public Response confirmation() {
        front.who();
        return confirmation(
                200, Objects.requireNonNullElse(front.visit().query().get(CODE), ""), "");
    }

    @POST
    @Path("confirmar")
    public Response confirm() {
        Visitor who = front.who();
        Form form = front.visit().form();
        // The link is used once by itself; the key only tells a page of ours.
        front.onceWithout(form, CODE);
        String code = form.text(CODE);
        return switch (accounts.ownEmail()
                .confirm(
                        who,
                        code,
                        front.visit().language().locale(),
                        front.visit().client())) {
            case Confirming.Done(String email) ->
                front.visit().goTo(AccountPages.HERE, Notice.done(front.text("correo_cambiado", email)));
            case Confirming.Over _ -> confirmation(410, code, front.text("correo_enlace_terminado"));
            case Confirming.Taken _ -> confirmation(409, code, front.text("correo_ocupado"));
        };
    }

    private Response confirmation(int status, String code, String problem) {
        return front.visit()
                .page(
                        status,
                        FrontTemplates.emailConfirm(
                                front.frame(Front.Part.ACCOUNT, "confirmar_correo"),
                                new AccountView.Email("", "", code, problem)));
    }
}
