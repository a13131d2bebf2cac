package com.electroisla.admin.http;

import com.electroisla.admin.Home;
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

    @Inject
    HomePage(RoutingContext context) {
        this.admin = Admin.of(context);
    }

    @GET
    public Response home() {
        var view = new Home(admin.visit().shop().database(), admin.visit().shop().clock(), admin.visit().shop().settings().zone()).view(admin.who().role());
        return admin.visit().page(Templates.home(admin.frame(Section.HOME, "inicio"), view));
    }
}
