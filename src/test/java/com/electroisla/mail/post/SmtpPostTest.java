package com.electroisla.mail.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.electroisla.mail.Post.Handed;
import com.electroisla.mail.Post.Parcel;
import com.electroisla.settings.MailServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
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

    @Test
    void many_mails_at_once_over_new_connections_are_all_taken_at_once() throws Exception {
        try (var server = new BriefMailServer(BriefMailServer.Ending.NEVER)) {
            for (int times = 1; times <= 12; times++) {
                try (SmtpPost post = server.post();
                        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    List<Handed> answers = new ArrayList<>();
                    for (var each : threads.invokeAll(Stream.<Callable<Handed>>generate(() -> () -> post.hand(PARCEL))
                            .limit(16)
                            .toList())) {
                        answers.add(each.get());
                    }
                    assertEquals(
                            List.of(new Handed.Accepted()),
                            answers.stream().distinct().toList());
                    assertEquals(16 * times, server.taken());
                }
            }
        }
    }

    @Test
    void a_mail_server_that_ends_connections_whether_it_says_so_or_not_takes_every_mail_once() throws Exception {
        for (BriefMailServer.Ending ending : EnumSet.complementOf(EnumSet.of(BriefMailServer.Ending.AT_THE_GREETING))) {
            try (var server = new BriefMailServer(ending);
                    SmtpPost post = server.post()) {
                for (int mails = 1; mails <= 5; mails++) {
                    assertEquals(new Handed.Accepted(), post.hand(PARCEL), ending::name);
                    assertEquals(mails, server.taken(), ending::name);
                }
            }
        }
    }

    @Test
    void a_mail_server_that_is_closing_is_asked_twice_and_then_left_alone() throws Exception {
        try (var server = new BriefMailServer(BriefMailServer.Ending.AT_THE_GREETING);
                SmtpPost post = server.post()) {
            assertInstanceOf(Handed.Unreachable.class, post.hand(PARCEL));
            assertEquals(2, server.connections());
        }
    }
}
