package com.electroisla.admin.http;

import com.electroisla.admin.PaymentList;
import com.electroisla.admin.PaymentsView;
import com.electroisla.admin.Section;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.pages.http.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** API › Pagos: the payments through providers with their charges, and charges that belong to none. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/pagos")
public class PaymentsPage {
    private final Admin admin;
    private final PaymentList list;

    @Inject
    PaymentsPage(RoutingContext context, PaymentList list) {
        this.admin = Admin.of(context);
        this.list = list;
    }

    @GET
    public Response list() {
        return admin.visit()
                .page(AdminTemplates.payments(
                        admin.told(Section.PAYMENTS, "pagos"),
                        list.page(admin.visit().query())));
    }

    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        PaymentsView.Detail detail =
                list.find(PathId.of(id, ErrorCode.NOT_FOUND)).orElseThrow(admin.visit()::notFound);
        return admin.visit()
                .page(AdminTemplates.payment(
                        admin.named(Section.PAYMENTS, "#" + detail.row().id()), detail));
    }
}
