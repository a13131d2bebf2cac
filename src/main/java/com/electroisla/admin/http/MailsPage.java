package com.electroisla.admin.http;

import com.electroisla.accounts.Role;
import com.electroisla.admin.MailList;
import com.electroisla.admin.MailsView;
import com.electroisla.admin.Section;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.idempotency.Applied;
import com.electroisla.mail.Mailbox;
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
import java.util.List;
import java.util.Optional;

/** API › Correos: the letters to people, one of them as it is sent, and another try for one that failed. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/correos")
public class MailsPage {
    private static final String SEND = "enviar";
    private static final List<String> ENDS = List.of(SEND, "descartar");

    private final Admin admin;
    private final MailList list;
    private final Mailbox mailbox;

    @Inject
    MailsPage(RoutingContext context, MailList list, Mailbox mailbox) {
        this.admin = Admin.of(context);
        this.list = list;
        this.mailbox = mailbox;
    }

    @GET
    public Response list() {
        return admin.visit()
                .page(AdminTemplates.mails(
                        admin.told(Section.MAILS, "correos"),
                        list.page(admin.visit().query())));
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        // A code opens an account: an admin may see it, who could open the account anyway.
        MailsView.Detail detail = list.find(
                        PathId.of(id, ErrorCode.NOT_FOUND),
                        admin.who().role() == Role.ADMIN ? Optional.of(admin.actor()) : Optional.empty())
                .orElseThrow(admin.visit()::notFound);
        return admin.visit()
                .page(AdminTemplates.mail(
                        admin.named(Section.MAILS, "#" + detail.row().id()), detail));
    }

    /** Sends or drops what a restored backup had pending. */
    @POST
    @Path("retenidos")
    public Response endHold() {
        Form form = admin.visit().form();
        String action = form.text("accion");
        if (!ENDS.contains(action)) {
            throw Problem.of(ErrorCode.MALFORMED_REQUEST).exception();
        }
        String told = action.equals(SEND) ? "retenidos_enviados" : "retenidos_descartados";
        return switch (mailbox.endHold(action.equals(SEND), admin.actor(), admin.once(form))) {
            case Applied.Now<Integer>(Integer done) ->
                admin.visit().goTo(Section.MAILS.href(), Notice.done(admin.text(told, done)));
            case Applied.Before<Integer> before -> admin.visit().goTo(Section.MAILS.href(), before);
        };
    }

    @POST
    @Path("{id}/reenviar")
    public Response sendAgain(@PathParam("id") String id) {
        long letter = PathId.of(id, ErrorCode.NOT_FOUND);
        String back = Section.MAILS.href() + letter + "/";
        if (list.find(letter, Optional.empty()).isEmpty()) {
            return admin.visit().gone(Section.MAILS.href());
        }
        return switch (mailbox.sendAgain(
                letter, admin.actor(), admin.once(admin.visit().form()))) {
            case Applied.Now<Boolean>(Boolean done) ->
                admin.visit()
                        .goTo(
                                back,
                                done
                                        ? Notice.done(admin.text("correo_reenviado"))
                                        : Notice.problem(admin.text("correo_no_reenviado")));
            case Applied.Before<Boolean> before -> admin.visit().goTo(back, before);
        };
    }
}
