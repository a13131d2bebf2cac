package com.electroisla.shopfront.http;

import com.electroisla.cart.Carts;
import com.electroisla.catalog.ProductPage;
import com.electroisla.catalog.Products;
import com.electroisla.http.QueryParameters;
import com.electroisla.pages.http.Page;
import com.electroisla.shopfront.CatalogView;
import com.electroisla.shopfront.GuestBuyers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The products on sale, for everybody. */
@RequestScoped
@RunOnVirtualThread
@Page
@Path("/")
public class CatalogPage {
    private final Front front;
    private final Products products;

    @Inject
    CatalogPage(RoutingContext context, Carts carts, GuestBuyers guests, Products products) {
        this.front = Front.of(context, carts, guests, "/");
        this.products = products;
    }

    @GET
    public Response catalog() {
        QueryParameters query = front.visit().query();
        ProductPage page = products.list(query);
        CatalogView view = CatalogView.of(query, page, front.words());
        return front.visit().page(FrontTemplates.catalog(front.frame(Front.Part.CATALOG, "catalogo"), view));
    }
}
