package com.electroisla.admin.http;

import com.electroisla.admin.MoneyReport;
import com.electroisla.admin.Section;
import com.electroisla.pages.http.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Objects;

/** API › Informe: holds and orders of a period that never became money. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/informe")
public class MoneyReportPage {
    private final Admin admin;
    private final MoneyReport report;

    @Inject
    MoneyReportPage(RoutingContext context, MoneyReport report) {
        this.admin = Admin.of(context);
        this.report = report;
    }

    @GET
    public Response show() {
        return admin.visit()
                .page(AdminTemplates.report(
                        admin.told(Section.REPORT, "informe"), report.of(text("desde"), text("hasta"))));
    }

    private String text(String name) {
        return Objects.requireNonNullElse(admin.visit().query().get(name), "").strip();
    }
}
