package com.electroisla.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.groupcommit.CommitProxy;
import com.electroisla.logs.HeardLines;
import com.electroisla.mail.Post.Handed;
import com.electroisla.mail.post.QuteForm;
import com.electroisla.mail.post.SmtpPost;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import com.electroisla.wiring.Shop;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Letters on their way to a real mail server, and what becomes of them when somebody dies. */
class SendLettersIT {
    private static final ServerSetup PLAIN = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);

    private final GreenMail mailServer = new GreenMail(PLAIN);
    private final AtomicInteger keys = new AtomicInteger();
    private ShopFixture fixture;
    private Post smtp;

    @BeforeEach
    void a_mail_server() {
        mailServer.setUser("tienda@example.com", "tienda@example.com", "la clave");
        mailServer.start();
        fixture = new ShopFixture();
        smtp = new SmtpPost(settings().mailServer().orElseThrow());
    }

    @AfterEach
    void close() {
        smtp.close();
        fixture.close();
        mailServer.stop();
    }

    private Settings settings() {
        return Settings.load(
                Path.of("target").toAbsolutePath(),
                Map.of(
                        Setting.MAIL,
                        "smtp://tienda%40example.com:la%20clave@127.0.0.1:"
                                + mailServer.getSmtp().getPort(),
                        Setting.MAIL_FROM,
                        "Electro Isla <tienda@example.com>"),
                Map.of());
    }

    private SendLetters sender(Shop instance, Post post) {
        return sender(instance.database(), post);
    }

    private SendLetters sender(Database database, Post post) {
        return new SendLetters(
                database,
                fixture.clock,
                new Composition(Optional.of(java.net.URI.create("https://tienda.example")), java.time.ZoneOffset.UTC),
                new QuteForm(),
                post,
                "example.com");
    }

    private SendLetters sender(Post post) {
        return sender(fixture.shop, post);
    }

    private void write(int letters) {
        for (int i = 0; i < letters; i++) {
            int key = keys.incrementAndGet();
            write(Letter.accountExists("ana" + key + "@example.com", Locale.of("es"), "Ana", "cuenta-" + key));
        }
    }

    private void write(Letter letter) {
        fixture.shop.database().useTransaction(handle -> Letters.write(handle, letter, fixture.clock.now(handle)));
    }

    private List<String> states() {
        return fixture.texts("SELECT DISTINCT estado FROM correos ORDER BY estado");
    }

    /** A mail server that answers as it is told. */
    private static Post answering(Function<Post.Parcel, Handed> answer) {
        return new Post() {
            @Override
            public Handed hand(Parcel parcel) {
                return answer.apply(parcel);
            }

            @Override
            public void close() {}
        };
    }

    private static String part(MimeMessage mail, String type) throws Exception {
        var parts = (MimeMultipart) mail.getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            Part part = parts.getBodyPart(i);
            if (part.isMimeType(type)) {
                return (String) part.getContent();
            }
        }
        throw new AssertionError("no " + type);
    }

    @Test
    void a_letter_arrives_as_text_and_as_html_from_the_shop_with_its_link_and_its_code_is_gone_afterwards()
            throws Exception {
        write(new Letter(
                LetterKind.RECOVERY_CODE,
                "ana@example.com",
                Locale.ENGLISH,
                Map.of("nombre", "Ana <b>", "codigo", "482913"),
                "clave-1-1",
                Optional.of(fixture.shop.database().read(fixture.clock::now).plusSeconds(600))));
        write(1);
        try (HeardLines log = HeardLines.of("com.electroisla", "io.vertx")) {
            assertEquals(2, sender(smtp).run());
            assertEquals(List.of(), log.lines());
        }

        MimeMessage code = Arrays.stream(mailServer.getReceivedMessages())
                .filter(mail -> to(mail).equals("ana@example.com"))
                .findFirst()
                .orElseThrow();
        assertEquals("Electro Isla <tienda@example.com>", code.getFrom()[0].toString());
        assertEquals("Your code to change your Electro Isla password", code.getSubject());
        assertTrue(code.getMessageID().matches("<correo\\.1\\.\\d+@example\\.com>"), code.getMessageID());
        assertTrue(part(code, "text/plain").contains("482913"));
        assertTrue(part(code, "text/plain").contains("Hello Ana <b>,"));
        assertTrue(part(code, "text/html").contains("Hello Ana &lt;b&gt;,"));
        MimeMessage other = Arrays.stream(mailServer.getReceivedMessages())
                .filter(mail -> !to(mail).equals("ana@example.com"))
                .findFirst()
                .orElseThrow();
        assertTrue(part(other, "text/plain").contains("Entrar: https://tienda.example/entrar/"));
        assertTrue(part(other, "text/html").contains("href=\"https://tienda.example/entrar/\""));
        assertEquals(List.of("enviado"), states());
        assertEquals(0, fixture.number("SELECT count(*) FROM correos WHERE valores::text LIKE '%482913%'"));
        assertEquals(0, sender(smtp).run());
    }

    private static String to(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Test
    void a_running_shop_sends_the_receipt_of_an_order_by_itself() throws Exception {
        var running = new ShopFixture(Map.of(
                Setting.MAIL,
                "smtp://127.0.0.1:" + mailServer.getSmtp().getPort(),
                Setting.MAIL_FROM,
                "tienda@example.com",
                Setting.URL,
                "https://tienda.example"));
        try (running) {
            running.shop.startBackgroundWork();
            int buyer = running.buyerWith(running.productWithStock(5), 1);
            running.checkout(buyer);
            running.pay(buyer);
            Eventually.until(() -> running.number("SELECT count(*) FROM correos WHERE estado = 'enviado'") == 1);
            MimeMessage receipt = mailServer.getReceivedMessages()[0];
            assertEquals("cliente1@example.com", to(receipt));
            assertTrue(part(receipt, "text/html").contains("https://tienda.example/pedidos/"));
        }
    }

    @Test
    void a_letter_of_a_kind_that_only_a_newer_release_knows_waits_for_it_and_stops_no_other() {
        write(2);
        fixture.sql("UPDATE correos SET tipo = 'de_otra_version' WHERE id = (SELECT min(id) FROM correos)");
        assertEquals(1, sender(smtp).run());
        assertEquals(
                "de_otra_version pendiente 0",
                fixture.text("SELECT concat_ws(' ', tipo, estado, intentos) FROM correos ORDER BY id LIMIT 1"));
        assertEquals(
                1,
                fixture.shop
                        .mailbox()
                        .page("", "", Long.MAX_VALUE, 10)
                        .letters()
                        .size());
    }

    @Test
    void two_servers_send_every_letter_once_those_that_had_to_wait_too() throws Exception {
        write(60);
        var busy = new AtomicInteger();
        Post sometimesBusy = answering(parcel ->
                busy.incrementAndGet() % 20 == 0 ? new Handed.NotNow("451 try again in a moment") : smtp.hand(parcel));
        Shop other = fixture.openInstance();
        var one = new FutureTask<>(sender(sometimesBusy)::run);
        var two = new FutureTask<>(sender(other, sometimesBusy)::run);
        Thread.ofVirtual().start(one);
        Thread.ofVirtual().start(two);
        assertEquals(
                57,
                one.get() + two.get(),
                () -> fixture.texts("SELECT intentos || ' ' || fallo FROM correos")
                        .toString());
        fixture.clock.advance(SendLetters.pause(1));
        assertEquals(3, sender(other, smtp).run());

        Set<String> ids = new HashSet<>();
        for (MimeMessage mail : mailServer.getReceivedMessages()) {
            assertTrue(ids.add(mail.getMessageID()), mail.getMessageID());
        }
        assertEquals(60, ids.size());
        assertEquals(List.of("enviado"), states());
    }

    @Test
    void a_letter_in_the_hands_of_a_server_that_died_is_sent_by_another_when_the_lease_is_over_and_not_before() {
        write(20);
        var died = sender(answering(parcel -> {
            throw new IllegalStateException("killed before it said a word to the mail server");
        }));
        try (HeardLines ignored = HeardLines.of(SendLetters.class.getName())) {
            assertEquals(0, died.run());
        }
        Shop other = fixture.openInstance();
        assertEquals(0, sender(other, smtp).run(), "the first may still be at it");
        fixture.clock.advance(SendLetters.LEASE);
        assertEquals(20, sender(other, smtp).run());
        assertEquals(20, mailServer.getReceivedMessages().length);
        assertEquals(List.of("enviado"), states());
    }

    @Test
    void a_letter_that_was_accepted_but_not_marked_comes_twice_with_one_message_id() throws Exception {
        write(1);
        var killed = sender(answering(parcel -> {
            assertEquals(new Handed.Accepted(), smtp.hand(parcel));
            throw new IllegalStateException("killed between the acceptance and the mark");
        }));
        try (HeardLines ignored = HeardLines.of(SendLetters.class.getName())) {
            assertEquals(0, killed.run());
        }
        fixture.clock.advance(SendLetters.LEASE);
        assertEquals(1, sender(fixture.openInstance(), smtp).run());
        MimeMessage[] mails = mailServer.getReceivedMessages();
        assertEquals(2, mails.length);
        assertEquals(mails[0].getMessageID(), mails[1].getMessageID());
    }

    @Test
    void a_letter_that_was_accepted_while_the_database_goes_away_is_marked_when_it_is_back_and_not_sent_twice()
            throws Exception {
        write(1);
        try (var proxy = new CommitProxy(fixture.target);
                var database = new Database(unprepared(proxy.target()), 2)) {
            Post accepting = answering(parcel -> {
                proxy.cutNext(CommitProxy.Cut.BEFORE_COMMIT);
                return smtp.hand(parcel);
            });
            assertEquals(1, sender(database, accepting).run());
        }
        assertEquals(List.of("enviado"), states());
        fixture.clock.advance(SendLetters.LEASE);
        assertEquals(0, sender(smtp).run());
        assertEquals(1, mailServer.getReceivedMessages().length);
    }

    /** Without prepared statements every COMMIT is sent by its name, which the proxy sees. */
    private static JdbcTarget unprepared(JdbcTarget target) {
        return new JdbcTarget(
                target.url() + (target.url().contains("?") ? "&" : "?") + "prepareThreshold=0",
                target.user(),
                target.password());
    }

    @Test
    void a_mail_server_that_is_away_costs_no_letter_and_is_asked_after_longer_and_longer_pauses() {
        write(10);
        int port = mailServer.getSmtp().getPort();
        mailServer.stop();
        SendLetters sender = sender(smtp);
        try (HeardLines log = HeardLines.of(SendLetters.class.getName())) {
            assertEquals(0, sender.run());
            assertEquals(0, sender.run());
            assertEquals(1, log.problems().size(), log.problems()::toString);
        }
        assertEquals(List.of("pendiente"), states());
        assertTrue(fixture.number("SELECT count(*) FROM correos WHERE fallo IS NOT NULL") >= 8);
        var back = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        back.setUser("tienda@example.com", "tienda@example.com", "la clave");
        back.start();
        try {
            fixture.clock.advance(Duration.ofSeconds(30));
            assertEquals(10, sender.run());
            assertEquals(10, back.getReceivedMessages().length);
        } finally {
            back.stop();
        }
        assertEquals(Duration.ofSeconds(30), SendLetters.pause(1));
        assertEquals(Duration.ofSeconds(60), SendLetters.pause(2));
        assertEquals(Duration.ofHours(1), SendLetters.pause(9));
        assertEquals(Duration.ofHours(1), SendLetters.pause(1_000));
    }

    @Test
    void a_letter_that_nobody_takes_fails_for_good_at_once_and_one_that_nobody_takes_now_when_its_time_is_over() {
        write(2);
        Post post = answering(parcel -> parcel.recipient().startsWith("ana1@")
                ? new Handed.Refused("550 no such mailbox")
                : new Handed.NotNow("452 mailbox full"));
        var sender = sender(post);
        sender.run();
        assertEquals(
                "fallido 550 no such mailbox", fixture.text("SELECT estado || ' ' || fallo FROM correos WHERE id = 1"));
        for (int hours = 0; hours < 73; hours++) {
            fixture.clock.advance(Duration.ofHours(1));
            sender.run();
        }
        fixture.shop.database().useTransaction(handle -> Letters.endLapsed(handle, fixture.clock.now(handle), 100));
        assertEquals(
                "fallido 452 mailbox full", fixture.text("SELECT estado || ' ' || fallo FROM correos WHERE id = 2"));
        assertEquals(1, fixture.number("SELECT intentos FROM correos WHERE id = 1"));
        assertTrue(fixture.number("SELECT intentos FROM correos WHERE id = 2") > 50);
    }

    @Test
    void a_letter_that_its_server_marks_late_as_refused_stays_as_the_later_attempt_left_it() {
        write(1);
        var slow = new ConcurrentLinkedQueue<StoredLetter>(fixture.shop
                .database()
                .inTransaction(handle -> LetterSql.take(handle, fixture.clock.now(handle), 8, SendLetters.LEASE)));
        fixture.clock.advance(SendLetters.LEASE);
        assertEquals(1, sender(smtp).run());
        fixture.shop.database().useTransaction(handle -> LetterSql.failed(handle, slow.element(), "too late"));
        assertEquals(List.of("enviado"), states());
    }
}
