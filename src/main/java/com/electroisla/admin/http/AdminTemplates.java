package com.electroisla.admin.http;

import com.electroisla.admin.DifferencesView;
import com.electroisla.admin.HomeView;
import com.electroisla.admin.ImportView;
import com.electroisla.admin.KardexView;
import com.electroisla.admin.MailsView;
import com.electroisla.admin.OrdersView;
import com.electroisla.admin.PaymentsView;
import com.electroisla.admin.PeopleView;
import com.electroisla.admin.PicturesView;
import com.electroisla.admin.ProductView;
import com.electroisla.admin.ProductsView;
import com.electroisla.admin.RefundsView;
import com.electroisla.admin.ReportView;
import com.electroisla.admin.ReservationsView;
import com.electroisla.admin.TeamView;
import com.electroisla.pages.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates in {@code templates/admin}; the build checks their parameters. */
@CheckedTemplate(basePath = "admin")
final class AdminTemplates {
    private AdminTemplates() {}

    static native TemplateInstance home(Frame p, HomeView view);

    static native TemplateInstance products(Frame p, ProductsView view);

    static native TemplateInstance productListPart(Frame p, ProductsView view);

    static native TemplateInstance productRow(Frame p, ProductsView.Row row);

    static native TemplateInstance product(Frame p, ProductView view);

    static native TemplateInstance productPictures(Frame p, PicturesView pictures);

    static native TemplateInstance reservations(Frame p, ReservationsView view);

    static native TemplateInstance reservationListPart(Frame p, ReservationsView view);

    static native TemplateInstance reservation(Frame p, ReservationsView.Detail view);

    static native TemplateInstance kardex(Frame p, KardexView view);

    static native TemplateInstance orders(Frame p, OrdersView view);

    static native TemplateInstance order(Frame p, OrdersView.Detail view);

    static native TemplateInstance differences(Frame p, DifferencesView view);

    static native TemplateInstance payments(Frame p, PaymentsView view);

    static native TemplateInstance payment(Frame p, PaymentsView.Detail view);

    static native TemplateInstance refunds(Frame p, RefundsView view);

    static native TemplateInstance refund(Frame p, RefundsView.Detail view);

    static native TemplateInstance report(Frame p, ReportView view);

    static native TemplateInstance mails(Frame p, MailsView view);

    static native TemplateInstance mail(Frame p, MailsView.Detail view);

    static native TemplateInstance users(Frame p, PeopleView.Users view);

    static native TemplateInstance team(Frame p, TeamView view);

    static native TemplateInstance carts(Frame p, PeopleView.Carts view);

    static native TemplateInstance audit(Frame p, PeopleView.Audit view);

    static native TemplateInstance importing(Frame p, ImportView view);
}
