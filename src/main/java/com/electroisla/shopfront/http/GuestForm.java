package com.electroisla.shopfront.http;

import com.electroisla.accounts.Guest;
import com.electroisla.pages.Form;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a guest fills in before the checkout.
 *
 * @param shown whether the buyer is a guest, and is asked at all
 * @param problem why it was refused; empty at first
 */
public record GuestForm(boolean shown, String name, String email, String problem) {
    static final String NAME = "nombre";
    static final String EMAIL = "correo";

    /** The form as the guest filled it in last time. */
    static GuestForm of(Front front) {
        @Nullable Guest guest = front.guest().orElse(null);
        return guest == null ? new GuestForm(false, "", "", "") : new GuestForm(true, guest.name(), guest.email(), "");
    }

    /** The form as it was sent or, sent without its fields, as it was last time. */
    static GuestForm again(Front front) {
        Form sent = front.visit().form();
        return front.guest().isEmpty()
                        || sent.text(NAME).isEmpty() && sent.text(EMAIL).isEmpty()
                ? of(front)
                : refused(sent, "");
    }

    /** The form as it was sent. */
    static GuestForm refused(Form sent, String problem) {
        return new GuestForm(true, sent.text(NAME), sent.text(EMAIL), problem);
    }
}
