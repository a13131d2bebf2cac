package com.electroisla.oldfront.http;

import com.electroisla.catalog.Product;
import com.electroisla.catalog.Products;
import com.electroisla.catalog.http.ProductJson;
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
import java.util.List;

/** The two lists of the old front end's home page, which has no pages of them. */
@Path("/api")
@RequestScoped
@RunOnVirtualThread
public class HomeProductsResource {
    private final Products products;

    HomeProductsResource(Products products) {
        this.products = products;
    }

    record ListedJson(int count, List<ProductJson> data) {}

    @GET
    @Path("carrusel")
    public Response carousel(@Context RoutingContext context) {
        return listed(context, products.inCarousel());
    }

    @GET
    @Path("catalogo/productos")
    public Response catalogue(@Context RoutingContext context) {
        return listed(context, products.onHomePage());
    }

    private static Response listed(RoutingContext context, List<Product> found) {
        PublicAddress site = PublicAddress.of(context.request());
        return Responses.of(Answer.ok(new ListedJson(
                found.size(),
                found.stream().map(product -> ProductJson.of(product, site)).toList())));
    }
}
