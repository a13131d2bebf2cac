package com.electroisla.oldfront.http;

import com.electroisla.catalog.Products;
import com.electroisla.http.Answer;
import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.Responses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** The two lists of the old front end's home page, which has no pages of them. */
@Path("/api")
@RequestScoped
@RunOnVirtualThread
public class HomeProductsResource {
    private final HomeLists lists;
    private final Products products;

    HomeProductsResource(HomeLists lists, Products products) {
        this.lists = lists;
        this.products = products;
    }

    @GET
    @Path("carrusel")
    public Response carousel(@Context RoutingContext context) {
        return listed(context, HomeLists.Kind.CAROUSEL);
    }

    @GET
    @Path("catalogo/productos")
    public Response catalogue(@Context RoutingContext context) {
        return listed(context, HomeLists.Kind.HOME_PAGE);
    }

    private Response listed(RoutingContext context, HomeLists.Kind kind) {
        byte[] list = lists.json(products, kind, PublicAddress.of(context.request()));
        return Responses.of(new Answer(200, list, Map.of()));
    }
}
