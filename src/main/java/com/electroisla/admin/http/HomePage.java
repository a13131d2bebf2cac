package com.electroisla.admin.http;

import com.electroisla.admin.Home;
import com.electroisla.admin.HomeView;
import com.electroisla.admin.Section;
import com.electroisla.pages.http.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The state of the shop at a glance. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin")
public class HomePage {
    private final Admin admin;
    private final Home home;

    @Inject
    HomePage(RoutingContext context, Home home) {
        this.admin = Admin.of(context);
        this.home = home;
    }

    @GET
    public Response home() {
        HomeView view = home.view(admin.who().role());
        return admin.visit().page(AdminTemplates.home(admin.frame(Section.HOME, "inicio"), view));
    }
}
