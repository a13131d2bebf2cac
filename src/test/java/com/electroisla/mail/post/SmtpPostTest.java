package com.electroisla.mail.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.electroisla.mail.Post.Handed;
import com.electroisla.mail.Post.Parcel;
import com.electroisla.settings.MailServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The mail client at servers that it must not trust, or that do not take its mails. */
class SmtpPostTest {
    private static final Parcel PARCEL = new Parcel("<1@example.com>", "ana@example.com", "Hola", "Hola", "<p>Hola");

    private final GreenMail mailServer = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
    });

    @AfterEach
    void stop() {
        mailServer.stop();
    }

    private Handed hand(boolean encrypted, Optional<MailServer.Credentials> credentials) {
        int port = (encrypted ? mailServer.getSmtps() : mailServer.getSmtp()).getPort();
        try (var post = new SmtpPost(new MailServer("127.0.0.1", port, encrypted, credentials, "tienda@example.com"))) {
            return post.hand(PARCEL);
        }
    }

    @Test
    void a_mail_goes_without_a_sign_in_where_none_is_asked_for() {
        mailServer.start();
        assertEquals(new Handed.Accepted(), hand(false, Optional.empty()));
        assertEquals(1, mailServer.getReceivedMessages().length);
    }

    @Test
    void a_server_whose_certificate_nobody_vouches_for_gets_neither_a_password_nor_a_mail() {
        mailServer.setUser("tienda", "clave");
        mailServer.start();
        assertInstanceOf(
                Handed.Unreachable.class, hand(true, Optional.of(new MailServer.Credentials("tienda", "clave"))));
        assertEquals(0, mailServer.getReceivedMessages().length);
    }

    @Test
    void a_wrong_password_stops_all_letters_and_fails_none() {
        mailServer.setUser("tienda", "clave");
        mailServer.start();
        Handed answer = hand(false, Optional.of(new MailServer.Credentials("tienda", "otra clave")));
        assertInstanceOf(Handed.Unreachable.class, answer, answer::toString);
    }
}
