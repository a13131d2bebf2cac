package com.electroisla.admin.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.InviteStaff;
import com.electroisla.accounts.InviteStaff.Inviter;
import com.electroisla.accounts.InviteStaff.Outcome;
import com.electroisla.accounts.Role;
import com.electroisla.accounts.SecondFactors;
import com.electroisla.accounts.Unfit;
import com.electroisla.admin.Section;
import com.electroisla.admin.TeamView;
import com.electroisla.http.Problem;
import com.electroisla.http.server.Replies;
import com.electroisla.idempotency.Applied;
import com.electroisla.limits.LimitResult.Exceeded;
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
import jakarta.ws.rs.core.Response;
import java.util.Arrays;

/** API › Usuarios › Equipo: invitations of colleagues, and whether they need a second factor. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/usuarios/equipo")
public class TeamPage {
    private static final String HERE = "/admin/usuarios/equipo/";

    private final Admin admin;
    private final InviteStaff invitations;
    private final SecondFactors factors;

    @Inject
    TeamPage(RoutingContext context, Accounts accounts) {
        this.admin = Admin.of(context);
        this.invitations = accounts.invitations();
        this.factors = accounts.secondFactors();
    }

    @GET
    public Response team() {
        return page(200, "", Role.TRABAJADOR.text(), "");
    }

    @POST
    public Response invite() {
        Form form = admin.visit().form();
        String email = form.text("email");
        String role = form.text("rol");
        Outcome outcome = invitations.invite(email, role(role), inviter(), admin.once(form));
        return switch (outcome) {
            case Outcome.Done _ -> admin.visit().goTo(HERE, Notice.done(admin.text("invitado", email)));
            case Outcome.Invalid(Unfit unfit) ->
                page(
                        400,
                        email,
                        role,
                        message(Problem.invalidField(
                                unfit.field(), unfit.reason(), unfit.bounds().toArray())));
            case Outcome.HasAccount _ -> page(409, email, role, admin.text("invitado_con_cuenta"));
            case Outcome.TooMany(Exceeded limit) -> page(429, email, role, message(Replies.problem(limit)));
            case Outcome.NotFound _ -> admin.visit().gone(HERE);
            case Outcome.AppliedBefore(boolean same) -> admin.visit().goTo(HERE, new Applied.Before<>(same, ""));
        };
    }

    /** Sends an invitation again, or revokes it. */
    @POST
    @Path("cambiar")
    public Response change() {
        Form form = admin.visit().form();
        String id = form.text("invitacion");
        if (!id.matches("[0-9]{1,18}")) {
            return admin.visit().gone(HERE);
        }
        boolean resends = form.text("accion").equals("reenviar");
        Outcome outcome = resends
                ? invitations.resend(Long.parseLong(id), inviter(), admin.once(form))
                : invitations.revoke(Long.parseLong(id), inviter(), admin.once(form));
        return switch (outcome) {
            case Outcome.Done _ ->
                admin.visit()
                        .goTo(HERE, Notice.done(admin.text(resends ? "invitacion_reenviada" : "invitacion_revocada")));
            case Outcome.HasAccount _ -> admin.visit().goTo(HERE, Notice.problem(admin.text("invitado_con_cuenta")));
            case Outcome.TooMany(Exceeded limit) ->
                admin.visit().goTo(HERE, Notice.problem(message(Replies.problem(limit))));
            case Outcome.NotFound _, Outcome.Invalid _ -> admin.visit().gone(HERE);
            case Outcome.AppliedBefore(boolean same) -> admin.visit().goTo(HERE, new Applied.Before<>(same, ""));
        };
    }

    /** Requires a second factor of the staff, or does not any more. */
    @POST
    @Path("exigir")
    public Response require() {
        Form form = admin.visit().form();
        boolean required = form.text("exigir").equals("si");
        return factors.require(required, admin.actor(), admin.once(form))
                ? admin.visit().goTo(HERE, Notice.done(admin.text(required ? "factor_se_exige" : "factor_no_se_exige")))
                : admin.visit().goTo(HERE, new Applied.Before<>(true, ""));
    }

    private static Role role(String word) {
        return Arrays.stream(Role.values())
                .filter(each -> each.text().equals(word))
                .findFirst()
                .orElse(Role.CLIENTE);
    }

    private Inviter inviter() {
        return new Inviter(
                admin.actor(), admin.who().username(), admin.visit().language().locale());
    }

    private Response page(int status, String email, String role, String problem) {
        return admin.visit()
                .page(
                        status,
                        AdminTemplates.team(
                                admin.frame(Section.USERS, "equipo"),
                                new TeamView(invitations.waiting(), factors.rule(), email, role, problem)));
    }

    private String message(Problem problem) {
        return problem.message(admin.visit().language());
    }
}
