package com.electroisla.admin.http;

import com.electroisla.admin.People;
import com.electroisla.admin.Section;
import com.electroisla.pages.http.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** API › Carritos: the contents of carts, read-only, because a cart is its buyer's. */
@RequestScoped
@RunOnVirtualThread
@Page
@AdminPage
@Path("/admin/carritos")
public class CartsPage {
    private final Admin admin;
    private final People people;

    @Inject
    CartsPage(RoutingContext context, People people) {
        this.admin = Admin.of(context);
        this.people = people;
    }

    @GET
    public Response list() {
        return admin.visit()
                .page(AdminTemplates.carts(
                        admin.told(Section.CARTS, "carritos"),
                        people.carts(admin.visit().query())));
    }
}
