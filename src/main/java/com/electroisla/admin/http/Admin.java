package com.electroisla.admin.http;

import com.electroisla.accounts.Client;
import com.electroisla.accounts.Visitor;
import com.electroisla.admin.Filters;
import com.electroisla.admin.Section;
import com.electroisla.audit.Actor;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.pages.Form;
import com.electroisla.pages.Frame;
import com.electroisla.pages.Notice;
import com.electroisla.pages.http.Visit;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The common part of the admin's resources: the visit, and the frame with the role's navigation. */
record Admin(Visit visit) {
    static final String AREA = "admin";

    static Admin of(RoutingContext context) {
        return new Admin(Visit.of(context));
    }

    Visitor who() {
        return visit.signedIn(AdminFilter.SIGN_IN);
    }

    /** The user as the author of an audit entry. */
    Actor actor() {
        Client client = visit.client();
        return new Actor(who().userId(), client.addressText(), client.userAgent());
    }

    /** The one-time key of a form of this page. */
    IdempotencyKey once(Form form) {
        return visit.once(who(), form, "");
    }

    /** @param title a key of the admin's bundle */
    Frame frame(Section section, String title) {
        return visit.frame(AREA, title, navigation(section));
    }

    /** A frame titled with the name of one object. */
    Frame named(Section section, String name) {
        return visit.named(AREA, name, navigation(section));
    }

    /** A text of the admin's bundle. */
    String text(String key, Object... arguments) {
        return visit.words(AREA).text(key, arguments);
    }

    /** The frame of a list, with a message about its invalid filters. */
    Frame told(Section section, String title) {
        return told(frame(section, title), Filters.unread(section, visit.query()));
    }

    /** @param unread the invalid filters, see {@link Filters}; empty when there are none */
    Frame told(Frame frame, String unread) {
        return unread.isEmpty() ? frame : Visit.saying(frame, Notice.problem(text("filtro_no_entendido", unread)));
    }

    private List<Frame.Link> navigation(Section current) {
        return Section.openTo(who().role()).stream()
                .map(each -> new Frame.Link(each.href(), text(each.title()), each.icon(), each == current))
                .toList();
    }
}
