package com.electroisla.admin.http;

import com.electroisla.admin.RefundList;
import com.electroisla.admin.RefundsView;
import com.electroisla.admin.Section;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.idempotency.Applied;
import com.electroisla.pages.Form;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Page;
import com.electroisla.payment.RefundState;
import com.electroisla.payment.Refunds;
import com.electroisla.payment.Refunds.Outcome;
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

/** API › Reembolsos: what is owed back, and giving it, through the provider or by hand. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/reembolsos")
public class RefundsPage {
    private final Admin admin;
    private final RefundList list;
    private final Refunds refunds;

    @Inject
    RefundsPage(RoutingContext context, RefundList list, Refunds refunds) {
        this.admin = Admin.of(context);
        this.list = list;
        this.refunds = refunds;
    }

    @GET
    public Response list() {
        return admin.visit()
                .page(AdminTemplates.refunds(
                        admin.told(Section.REFUNDS, "reembolsos"),
                        list.page(admin.visit().query())));
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        return page(200, detail(PathId.of(id, ErrorCode.NOT_FOUND), "", "").orElseThrow(admin.visit()::notFound));
    }

    /** Gives the money back through the provider that charged it. */
    @POST
    @Path("{id}/proveedor")
    public Response throughProvider(@PathParam("id") String id) {
        long refund = paying(id);
        return told(refund, "", refunds.throughProvider(refund, admin.actor()));
    }

    /** Marks the money as given back by other means. */
    @POST
    @Path("{id}/hecho")
    public Response byHand(@PathParam("id") String id) {
        long refund = paying(id);
        Form form = admin.visit().form();
        String how = form.text("como");
        Optional<RefundState> seen = Arrays.stream(RefundState.values())
                .filter(each -> each.word().equals(form.text("visto")))
                .findFirst();
        if (how.isEmpty() || how.codePointCount(0, how.length()) > Refunds.LONGEST_HOW || seen.isEmpty()) {
            return again(400, refund, how, "mal_como");
        }
        return switch (refunds.byHand(refund, seen.get(), how, admin.actor(), admin.once(form))) {
            case Applied.Now<Outcome>(Outcome outcome) -> told(refund, how, outcome);
            case Applied.Before<Outcome> before -> admin.visit().goTo(page(refund), before);
        };
    }

    /** The refund's id, for a reader who gives money back. */
    private long paying(String id) {
        if (!RefundList.pays(admin.who().role())) {
            throw admin.visit().forbidden();
        }
        return PathId.of(id, ErrorCode.NOT_FOUND);
    }

    private Response told(long refund, String how, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> admin.visit().goTo(page(refund), Notice.done(admin.text("reembolso_hecho_ahora")));
            case Outcome.Requested _ ->
                admin.visit().goTo(page(refund), Notice.done(admin.text("reembolso_pedido_ahora")));
            case Outcome.DoneBefore _ ->
                admin.visit().goTo(page(refund), Notice.done(admin.text("reembolso_ya_hecho")));
            case Outcome.NotFound _ -> admin.visit().gone(Section.REFUNDS.href());
            case Outcome.ChangedMeanwhile _ -> again(409, refund, how, "reembolso_cambiado");
            case Outcome.NoProvider _ -> again(409, refund, how, "reembolso_sin_proveedor");
            case Outcome.ProviderAway _ -> again(503, refund, how, "reembolso_proveedor_ausente");
            case Outcome.Impossible(String why) ->
                admin.visit().goTo(page(refund), Notice.problem(admin.text("reembolso_imposible", why)));
        };
    }

    private Response again(int status, long refund, String how, String problem) {
        return detail(refund, how, admin.text(problem))
                .map(detail -> page(status, detail))
                .orElseGet(() -> admin.visit().gone(Section.REFUNDS.href()));
    }

    private Optional<RefundsView.Detail> detail(long refund, String how, String problem) {
        return list.find(refund, admin.who().role(), how, problem);
    }

    private Response page(int status, RefundsView.Detail detail) {
        return admin.visit()
                .page(
                        status,
                        AdminTemplates.refund(
                                admin.named(
                                        Section.REFUNDS,
                                        admin.text("reembolso") + " #"
                                                + detail.row().id()),
                                detail));
    }

    private static String page(long refund) {
        return Section.REFUNDS.href() + refund + "/";
    }
}
