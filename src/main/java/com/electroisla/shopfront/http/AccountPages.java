package com.electroisla.shopfront.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Holder;
import com.electroisla.accounts.OpenSession;
import com.electroisla.accounts.OwnPassword.Changed;
import com.electroisla.accounts.OwnSessions.Ended;
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
import java.util.Arrays;

/** One's own account, for buyers and staff alike: the overview, the password and the open sessions. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/cuenta")
public class AccountPages {
    static final String HERE = "/cuenta/";
    private static final String SESSIONS = "/cuenta/sesiones/";

    private final Front front;
    private final Accounts accounts;

    @Inject
    AccountPages(RoutingContext context, Carts carts, GuestBuyers guests, Accounts accounts) {
        this.front = Front.of(context, carts, guests, HERE);
        this.accounts = accounts;
    }

    @GET
    public Response overview() {
        Visitor who = front.who();
        Holder holder = accounts.holder(who.userId()).orElseThrow(front.visit()::notFound);
        return front.visit()
                .page(FrontTemplates.account(
                        front.frame(Front.Part.ACCOUNT, "mi_cuenta"),
                        new AccountView(who.username(), holder.name(), holder.email())));
    }

    @GET
    @Path("clave")
    public Response password() {
        front.who();
        return password(200, "");
    }

    @POST
    @Path("clave")
    public Response changePassword() {
        Visitor who = front.who();
        Form form = front.visit().form();
        IdempotencyKey key = front.onceWithout(form, "password_actual", "password");
        String old = form.raw("password_actual");
        String wanted = form.raw("password");
        if (old.isEmpty() || wanted.isEmpty()) {
            return password(400, front.text("faltan_datos"));
        }
        Changed changed = accounts.ownPassword()
                .change(
                        who,
                        old,
                        wanted,
                        front.visit().language().locale(),
                        front.visit().client(),
                        key);
        return switch (changed) {
            case Changed.Done _ -> front.visit().goTo(HERE, Notice.done(front.text("clave_cambiada")));
            case Changed.AppliedBefore(boolean same) -> front.visit().goTo(HERE, new Applied.Before<>(same, ""));
            case Changed.WrongPassword _ -> password(400, front.text("clave_actual_mal"));
            case Changed.Same _ -> password(400, front.text("clave_igual"));
            case Changed.Invalid(Unfit unfit) -> password(400, front.message(unfit));
            case Changed.TooMany(Exceeded limit) -> password(429, front.message(Replies.problem(limit)));
            case Changed.Busy _ -> password(503, front.message(Problem.of(ErrorCode.BUSY)));
        };
    }

    private Response password(int status, String problem) {
        return front.visit()
                .page(
                        status,
                        FrontTemplates.password(
                                front.frame(Front.Part.ACCOUNT, "cambiar_clave"), new AccountView.Form(problem)));
    }

    @GET
    @Path("sesiones")
    public Response sessions() {
        Visitor who = front.who();
        return front.visit()
                .page(FrontTemplates.sessions(
                        front.frame(Front.Part.ACCOUNT, "mis_sesiones"),
                        AccountView.Sessions.of(accounts.ownSessions().of(who), front.words())));
    }

    /** Ends the named session, or without a name all others. */
    @POST
    @Path("sesiones")
    public Response endSessions() {
        Visitor who = front.who();
        Form form = front.visit().form();
        IdempotencyKey key = front.once(form);
        String name = form.text("sesion");
        Ended ended = name.isEmpty()
                ? accounts.ownSessions().endOthers(who, front.visit().client(), key)
                : accounts.ownSessions()
                        .end(who, kind(form.text("tipo")), name, front.visit().client(), key);
        return switch (ended) {
            case DONE -> front.visit().goTo(SESSIONS, Notice.done(front.text("sesion_terminada")));
            case NOT_FOUND -> front.visit().gone(SESSIONS);
            case APPLIED_BEFORE -> front.visit().goTo(SESSIONS, new Applied.Before<>(true, ""));
        };
    }

    private static OpenSession.Kind kind(String word) {
        return Arrays.stream(OpenSession.Kind.values())
                .filter(each -> each.name().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.of(ErrorCode.MALFORMED_REQUEST).exception());
    }
}
