package com.electroisla.shopfront.http;

import com.electroisla.cart.Carts;
import com.electroisla.catalog.ProductWithPictures;
import com.electroisla.catalog.Products;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.pages.http.Page;
import com.electroisla.shopfront.GuestBuyers;
import com.electroisla.shopfront.ShownProduct;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Objects;

/** One product: for anybody, while it is on sale. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/productos/{id}")
public class OneProductPage {
    private final Front front;
    private final Products products;

    @Inject
    OneProductPage(RoutingContext context, Carts carts, GuestBuyers guests, Products products) {
        this.front = Front.of(context, carts, guests, "/");
        this.products = products;
    }

    @GET
    public Response product(@PathParam("id") String id) {
        ProductWithPictures found = products.findWithPictures(PathId.of(id, ErrorCode.PRODUCT_NOT_FOUND))
                .orElseThrow(() -> Problem.of(ErrorCode.PRODUCT_NOT_FOUND).exception());
        return front.visit()
                .page(FrontTemplates.product(
                        front.named(Front.Part.CATALOG, found.product().name()),
                        ShownProduct.of(found, front.words()),
                        quantity()));
    }

    /** The quantity that the buyer wanted before signing in; 1 otherwise. */
    private int quantity() {
        String wanted = Objects.requireNonNullElse(front.visit().query().get("cantidad"), "");
        return wanted.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(wanted) : 1;
    }
}
