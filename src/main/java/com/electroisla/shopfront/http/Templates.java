package com.electroisla.shopfront.http;

import com.electroisla.pages.Frame;
import com.electroisla.shopfront.CartView;
import com.electroisla.shopfront.CatalogView;
import com.electroisla.shopfront.CheckoutView;
import com.electroisla.shopfront.OrderView;
import com.electroisla.shopfront.OrdersView;
import com.electroisla.shopfront.ProductCard;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates in {@code templates/shopfront}; the build compares them with what they are given. */
@CheckedTemplate(basePath = "shopfront")
final class Templates {
    private Templates() {}

    static native TemplateInstance catalog(Frame p, CatalogView view);

    static native TemplateInstance product(Frame p, ProductCard view);

    static native TemplateInstance cart(Frame p, CartView view);

    static native TemplateInstance checkout(Frame p, CheckoutView view);

    static native TemplateInstance orders(Frame p, OrdersView view);

    static native TemplateInstance order(Frame p, OrderView view);
}
