package com.electroisla.admin.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.ManageAccounts;
import com.electroisla.accounts.ResetByLink;
import com.electroisla.accounts.ResetByLink.Sent;
import com.electroisla.accounts.Role;
import com.electroisla.admin.People;
import com.electroisla.admin.Section;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.http.server.Replies;
import com.electroisla.idempotency.Applied;
import com.electroisla.limits.LimitResult;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;

/** API › Usuarios: roles, activation, and the end of all sessions. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/usuarios")
public class UsersPage {
    private final Admin admin;
    private final People people;
    private final ManageAccounts accounts;
    private final ResetByLink resetLinks;

    @Inject
    UsersPage(RoutingContext context, People people, Accounts accounts) {
        this.admin = Admin.of(context);
        this.people = people;
        this.accounts = accounts.manage();
        this.resetLinks = accounts.resetLinks();
    }

    @GET
    public Response list() {
        return admin.visit()
                .page(AdminTemplates.users(
                        admin.told(Section.USERS, "usuarios"),
                        people.users(admin.visit().query())));
    }

    @POST
    @Path("{id}/rol")
    public Response setRole(@PathParam("id") String id) {
        Form form = admin.visit().form();
        int user = someoneElse(id);
        return told(accounts.setRole(
                user, role(form.text("era")), role(form.text("rol")), admin.actor(), admin.once(form)));
    }

    private static Role role(String word) {
        return Arrays.stream(Role.values())
                .filter(each -> each.text().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.of(ErrorCode.MALFORMED_REQUEST).exception());
    }

    @POST
    @Path("{id}/activo")
    public Response setActive(@PathParam("id") String id) {
        Form form = admin.visit().form();
        int user = someoneElse(id);
        return told(accounts.setActive(user, form.isTicked("activo"), admin.actor(), admin.once(form)));
    }

    @POST
    @Path("{id}/sesiones")
    public Response endSessions(@PathParam("id") String id) {
        return told(
                accounts.endSessions(
                        userId(id),
                        admin.actor(),
                        Optional.of(admin.once(admin.visit().form()))),
                "sesiones_cerradas");
    }

    /** Mails the user a link to a new password. */
    @POST
    @Path("{id}/clave")
    public Response sendResetLink(@PathParam("id") String id) {
        Form form = admin.visit().form();
        Sent sent = resetLinks.send(
                userId(id), admin.actor(), admin.visit().language().locale(), admin.once(form));
        String users = Section.USERS.href();
        return switch (sent) {
            case Sent.Done(String email) -> admin.visit().goTo(users, Notice.done(admin.text("enlace_enviado", email)));
            case Sent.NotFound _ -> admin.visit().gone(users);
            case Sent.NoAddress _ -> admin.visit().goTo(users, Notice.problem(admin.text("usuario_sin_correo")));
            case Sent.TooMany(LimitResult.Exceeded limit) ->
                admin.visit()
                        .goTo(
                                users,
                                Notice.problem(Replies.problem(limit)
                                        .message(admin.visit().language())));
            case Sent.AppliedBefore(boolean same) -> admin.visit().goTo(users, new Applied.Before<>(same, ""));
        };
    }

    /** The id of another user. Nobody can take away their own rights: the last admin would be locked out. */
    private int someoneElse(String id) {
        int user = userId(id);
        if (user == admin.who().userId()) {
            throw admin.visit().forbidden();
        }
        return user;
    }

    private int userId(String id) {
        long user = PathId.of(id, ErrorCode.NOT_FOUND);
        if (user > Integer.MAX_VALUE) {
            throw admin.visit().notFound();
        }
        return (int) user;
    }

    private Response told(ManageAccounts.Change change) {
        return told(change, "guardado");
    }

    /** @param done the key of the message after a success */
    private Response told(ManageAccounts.Change change, String done) {
        return switch (change) {
            case DONE, UNCHANGED -> admin.visit().goTo(Section.USERS.href(), Notice.done(admin.text(done)));
            case CHANGED_MEANWHILE ->
                admin.visit().goTo(Section.USERS.href(), Notice.problem(admin.text("usuario_cambiado")));
            case APPLIED_BEFORE -> admin.visit().goTo(Section.USERS.href(), new Applied.Before<>(true, ""));
            case NOT_FOUND -> admin.visit().gone(Section.USERS.href());
            case GUEST -> admin.visit().goTo(Section.USERS.href(), Notice.problem(admin.text("usuario_invitado")));
            case LAST_ADMIN, PRIVILEGED, ONESELF ->
                admin.visit().goTo(Section.USERS.href(), Notice.problem(admin.text("usuario_ultimo_admin")));
        };
    }
}
