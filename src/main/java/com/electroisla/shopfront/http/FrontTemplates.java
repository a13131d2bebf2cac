package com.electroisla.shopfront.http;

import com.electroisla.pages.Frame;
import com.electroisla.shopfront.AccountView;
import com.electroisla.shopfront.AddressesView;
import com.electroisla.shopfront.CartView;
import com.electroisla.shopfront.CatalogView;
import com.electroisla.shopfront.CheckoutView;
import com.electroisla.shopfront.OrderMoney;
import com.electroisla.shopfront.OrderView;
import com.electroisla.shopfront.OwnOrdersView;
import com.electroisla.shopfront.PaymentView;
import com.electroisla.shopfront.SecondFactorView;
import com.electroisla.shopfront.ShownProduct;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates in {@code templates/shopfront}; the build checks their parameters. */
@CheckedTemplate(basePath = "shopfront")
final class FrontTemplates {
    private FrontTemplates() {}

    static native TemplateInstance catalog(Frame p, CatalogView view);

    static native TemplateInstance product(Frame p, ShownProduct view, int quantity);

    static native TemplateInstance cart(Frame p, CartView view, GuestForm guest);

    static native TemplateInstance checkout(Frame p, CheckoutView view);

    static native TemplateInstance payment(Frame p, PaymentView view);

    static native TemplateInstance paymentState(Frame p, PaymentView view);

    static native TemplateInstance testPayment(Frame p, PaymentView view, String signature);

    static native TemplateInstance orders(Frame p, OwnOrdersView view);

    static native TemplateInstance order(Frame p, OrderView view, OrderAccess access, OrderMoney money);

    static native TemplateInstance account(Frame p, AccountView view);

    static native TemplateInstance password(Frame p, AccountView.Form view);

    static native TemplateInstance sessions(Frame p, AccountView.Sessions view);

    static native TemplateInstance addresses(Frame p, AddressesView view);

    static native TemplateInstance secondFactor(Frame p, SecondFactorView view);

    static native TemplateInstance email(Frame p, AccountView.Email view);

    static native TemplateInstance emailConfirm(Frame p, AccountView.Email view);

    static native TemplateInstance data(Frame p, AccountView.Form view);
}
