package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopWords;
import com.electroisla.accounts.Addresses.Saved;
import com.electroisla.accounts.Addresses.Typed;
import com.electroisla.accounts.InviteStaff.Accepted;
import com.electroisla.accounts.InviteStaff.Inviter;
import com.electroisla.accounts.OwnPassword.Changed;
import com.electroisla.accounts.OwnSessions.Ended;
import com.electroisla.audit.Actor;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People's own accounts, and invitations and links from admins, on two instances of one shop. */
class OwnAccountIT {
    private static final String OLD = "Isla#verde7";
    private static final String NEW = "Brisa%lenta42x";
    private static final Client CLIENT = Instance.client("192.0.2.1");
    private static final Client THIEF = Instance.client("198.51.100.7");

    @TempDir
    Path folder;

    private Instance here;
    private Instance there;
    private ShopWords words;
    private int ana;
    private int boss;

    @BeforeEach
    void open() {
        JdbcTarget target = MigratedDatabase.create();
        here = new Instance(target, folder.resolve("a"));
        there = new Instance(target, folder.resolve("a"));
        words = ShopWords.of(here.database);
        ana = account("ana", Role.CLIENTE);
        boss = account("jefa", Role.ADMIN);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private int account(String name, Role role) {
        return here.accounts
                .manage()
                .create(name, name + "@example.com", OLD, role)
                .orElseThrow()
                .id();
    }

    private WebSession browser(String name, String password, Client client) {
        return ((LogInOutcome.LoggedIn<WebSession>) here.accounts.login().logInBrowser(name, password, client))
                .session();
    }

    private Visitor visitor(WebSession session) {
        return there.accounts.webSessions().visitor(session.token()).orElseThrow();
    }

    private boolean isOpen(WebSession session) {
        return there.accounts.webSessions().visitor(session.token()).isPresent();
    }

    private static IdempotencyKey form() {
        return Applied.key(1, "/prueba", UUID.randomUUID().toString(), "");
    }

    private Changed change(Visitor who, String old, String wanted, IdempotencyKey form) {
        return here.accounts.ownPassword().change(who, old, wanted, Locale.ENGLISH, CLIENT, form);
    }

    private String mailed(String kind) {
        return words.text("SELECT valores ->> 'codigo' FROM correos WHERE tipo = ? ORDER BY id DESC LIMIT 1", kind);
    }

    private void advance(Duration by) {
        here.moved = here.moved.plus(by);
        there.moved = here.moved;
    }

    @Test
    void a_new_password_keeps_this_browser_and_ends_every_other_sign_in_with_its_refresh_token() {
        WebSession mine = browser("ana", OLD, CLIENT);
        WebSession stolen = browser("ana", OLD, THIEF);
        TokenPair program = here.tokens("ana", OLD);

        assertEquals(new Changed.Done(), change(visitor(mine), OLD, NEW, form()));

        assertTrue(isOpen(mine));
        assertFalse(isOpen(stolen));
        assertFalse(here.letsIn(program));
        assertInstanceOf(RefreshOutcome.Refused.class, there.refresh(program.refreshToken()));
        assertInstanceOf(LogInOutcome.Refused.class, here.logIn("ana", OLD));
        assertInstanceOf(LogInOutcome.LoggedIn.class, here.logIn("ana", NEW));
        assertEquals(
                "clave_cambiada ana@example.com en",
                words.text("SELECT concat_ws(' ', tipo, para, idioma) FROM correos"));
        assertEquals("cambiar contraseña", words.text("SELECT accion FROM audit_logs WHERE usuario_id = ?", ana));
    }

    @Test
    void a_wrong_old_password_changes_nothing_and_counts_like_a_wrong_sign_in() {
        Visitor who = visitor(browser("ana", OLD, CLIENT));
        for (int i = 0; i < 5; i++) {
            assertEquals(new Changed.WrongPassword(), change(who, "no es esa " + i, NEW, form()));
        }
        assertInstanceOf(Changed.TooMany.class, change(who, OLD, NEW, form()));
        assertEquals(0, words.number("SELECT count(*) FROM correos"));
    }

    @Test
    void the_same_form_sent_twice_changes_the_password_once_and_the_old_one_or_a_weak_one_is_refused() {
        Visitor who = visitor(browser("ana", OLD, CLIENT));
        assertEquals(new Changed.Same(), change(who, OLD, OLD, form()));
        assertInstanceOf(Changed.Invalid.class, change(who, OLD, "ana", form()));
        IdempotencyKey once = form();
        assertEquals(new Changed.Done(), change(who, OLD, NEW, once));
        assertEquals(new Changed.AppliedBefore(true), change(who, OLD, NEW, once));
        assertEquals(1, words.number("SELECT count(*) FROM correos"));
    }

    @Test
    void one_s_sessions_are_listed_with_where_they_began_and_each_ends_at_once_and_no_other() {
        WebSession mine = browser("ana", OLD, CLIENT);
        WebSession stolen = browser("ana", OLD, THIEF);
        TokenPair program = here.tokens("ana", OLD);
        Visitor who = visitor(mine);
        there.hear(program);
        List<OpenSession> all = here.accounts.ownSessions().of(who);
        assertEquals(3, all.size());
        assertTrue(all.getFirst().current());
        assertEquals("192.0.2.1", all.getFirst().address());
        OpenSession other = all.get(1);
        assertEquals("198.51.100.7", other.address());
        OpenSession api = all.getLast();
        assertEquals(OpenSession.Kind.PROGRAM, api.kind());

        assertEquals(Ended.DONE, end(who, other));
        assertEquals(Ended.NOT_FOUND, end(who, other));
        assertFalse(isOpen(stolen));
        assertTrue(there.letsIn(program));

        assertEquals(Ended.DONE, end(who, api));
        assertFalse(here.letsIn(program));
        assertInstanceOf(RefreshOutcome.Refused.class, there.refresh(program.refreshToken()));
        assertEquals(1, here.accounts.ownSessions().of(who).size());
        assertTrue(isOpen(mine));
    }

    private Ended end(Visitor who, OpenSession session) {
        return here.accounts.ownSessions().end(who, session.kind(), session.name(), CLIENT, form());
    }

    @Test
    void nobody_ends_a_session_of_somebody_else() {
        Visitor thief = visitor(browser("jefa", OLD, THIEF));
        WebSession hers = browser("ana", OLD, CLIENT);
        TokenPair program = here.tokens("ana", OLD);
        for (OpenSession each : here.accounts.ownSessions().of(visitor(hers))) {
            assertEquals(Ended.NOT_FOUND, end(thief, each));
        }
        assertTrue(isOpen(hers));
        assertTrue(here.letsIn(program));
        assertEquals(Ended.DONE, here.accounts.ownSessions().endOthers(thief, THIEF, form()));
        assertTrue(isOpen(hers));
    }

    private Inviter inviter() {
        return new Inviter(new Actor(boss, "127.0.0.1", "prueba"), "jefa", Locale.of("es"));
    }

    private InviteStaff.Outcome invite(String email) {
        return here.accounts.invitations().invite(email, Role.TRABAJADOR, inviter(), form());
    }

    private Accepted accept(String token, String name) {
        return there.accounts.invitations().accept(token, name, NEW, THIEF);
    }

    @Test
    void an_invitation_opens_one_account_with_its_role_and_address_however_many_use_the_link_at_once()
            throws Exception {
        assertEquals(new InviteStaff.Outcome.Done(), invite("tomas@example.com"));
        String token = mailed("codigo_invitacion");
        List<Callable<Accepted>> rivals = new ArrayList<>();
        for (String name : List.of("tomas", "tomas2", "tomas3")) {
            rivals.add(() -> accept(token, name));
        }
        List<Accepted> outcomes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (Future<Accepted> each : threads.invokeAll(rivals)) {
                outcomes.add(each.get());
            }
        }
        assertEquals(
                1, outcomes.stream().filter(Accepted.Done.class::isInstance).count(), outcomes::toString);
        assertEquals(
                "tomas@example.com trabajador",
                words.text("SELECT u.email || ' ' || p.rol FROM auth_user u JOIN user_profiles p ON p.user_id = u.id "
                        + "WHERE u.username LIKE 'tomas%'"));
        assertEquals(new Accepted.Over(), accept(token, "otro"));
        assertInstanceOf(InviteStaff.Outcome.HasAccount.class, invite("TOMAS@example.com"));
    }

    @Test
    void an_invitation_that_is_late_revoked_sent_again_replaced_or_from_nobody_s_admin_opens_nothing() {
        invite("tomas@example.com");
        String first = mailed("codigo_invitacion");
        invite("Tomas@example.com");
        String second = mailed("codigo_invitacion");
        assertNotEquals(first, second);
        assertEquals(new Accepted.Over(), accept(first, "tomas"));

        long id = here.accounts.invitations().waiting().getFirst().id();
        here.accounts.invitations().resend(id, inviter(), form());
        String third = mailed("codigo_invitacion");
        assertEquals(new Accepted.Over(), accept(second, "tomas"));
        assertTrue(there.accounts.invitations().open(third).isPresent());

        advance(InviteStaff.VALIDITY);
        assertEquals(new Accepted.Over(), accept(third, "tomas"));
        here.accounts.invitations().resend(id, inviter(), form());
        String fourth = mailed("codigo_invitacion");
        words.sql("UPDATE user_profiles SET rol = 'trabajador' WHERE user_id = ?", boss);
        assertEquals(new Accepted.Over(), accept(fourth, "tomas"));
        words.sql("UPDATE user_profiles SET rol = 'admin' WHERE user_id = ?", boss);

        assertEquals(new InviteStaff.Outcome.Done(), here.accounts.invitations().revoke(id, inviter(), form()));
        assertEquals(new Accepted.Over(), accept(fourth, "tomas"));
        assertEquals(new Accepted.Over(), accept("x".repeat(43), "tomas"));
        assertEquals(new Accepted.Over(), accept("", "tomas"));
        assertEquals(0, words.number("SELECT count(*) FROM auth_user WHERE username = 'tomas'"));
        assertEquals(
                0, words.number("SELECT count(*) FROM correos WHERE estado = 'pendiente' AND tipo LIKE 'codigo%'"));
    }

    @Test
    void a_link_from_an_admin_sets_the_password_once_ends_every_session_and_ends_with_any_change() {
        WebSession session = browser("ana", OLD, CLIENT);
        String first = resetLink();
        String second = resetLink();
        assertEquals(new ResetByLink.Reset.Over(), reset(first, NEW));
        assertEquals("ana", there.accounts.resetLinks().open(second).orElseThrow());
        assertEquals(new ResetByLink.Reset.Done(), reset(second, NEW));
        assertFalse(isOpen(session));
        assertInstanceOf(LogInOutcome.LoggedIn.class, here.logIn("ana", NEW));
        assertEquals(new ResetByLink.Reset.Over(), reset(second, OLD));

        String late = resetLink();
        advance(ResetByLink.VALIDITY);
        assertEquals(new ResetByLink.Reset.Over(), reset(late, OLD));

        String overtaken = resetLink();
        here.accounts.manage().changePassword(ana, OLD);
        assertEquals(new ResetByLink.Reset.Over(), reset(overtaken, NEW));

        String moved = resetLink();
        words.sql("UPDATE auth_user SET email = 'otra@example.com' WHERE id = ?", ana);
        assertEquals(new ResetByLink.Reset.Over(), reset(moved, NEW));
        assertInstanceOf(LogInOutcome.LoggedIn.class, here.logIn("ana", OLD));
    }

    private String resetLink() {
        assertInstanceOf(
                ResetByLink.Sent.Done.class,
                here.accounts.resetLinks().send(ana, new Actor(boss, "127.0.0.1", "prueba"), Locale.ENGLISH, form()));
        return mailed("codigo_enlace_clave");
    }

    private ResetByLink.Reset reset(String token, String password) {
        return there.accounts.resetLinks().reset(token, password, Locale.ENGLISH, CLIENT);
    }

    @Test
    void whatever_was_on_its_way_by_mail_opens_nothing_once_the_password_is_another_one() {
        Visitor who = visitor(browser("ana", OLD, CLIENT));
        assertInstanceOf(
                OwnEmail.Asked.Done.class,
                here.accounts.ownEmail().ask(who, "otra@example.com", OLD, Locale.ENGLISH, THIEF, form()));
        String address = mailed("codigo_cambio_correo");
        String own = recoveryCode();
        assertEquals(new Changed.Done(), change(who, OLD, NEW, form()));
        assertEquals(new RecoverPassword.Reset.Wrong(), recover(own));
        assertEquals(
                new OwnEmail.Confirming.Over(),
                there.accounts.ownEmail().confirm(who, address, Locale.ENGLISH, CLIENT));

        String before = recoveryCode();
        assertTrue(here.accounts.manage().changePassword(ana, OLD));
        assertEquals(new RecoverPassword.Reset.Wrong(), recover(before));
        assertInstanceOf(LogInOutcome.LoggedIn.class, here.logIn("ana", OLD));
    }

    private String recoveryCode() {
        here.accounts.recovery().ask("ana@example.com", Locale.ENGLISH, THIEF);
        return mailed("codigo_recuperacion");
    }

    private RecoverPassword.Reset recover(String code) {
        return there.accounts.recovery().reset("ana@example.com", code, "Tren=nocturno5", THIEF);
    }

    @Test
    void of_the_addresses_exactly_one_is_the_first_choice_whatever_is_added_edited_or_deleted() {
        Addresses addresses = here.accounts.addresses();
        assertEquals(Saved.INCOMPLETE, addresses.add(ana, new Typed("Casa", "", "555"), false, form()));
        assertEquals(Saved.DONE, addresses.add(ana, new Typed("Casa", "Calle 1", "555"), false, form()));
        assertEquals(Saved.DONE, addresses.add(ana, new Typed("Trabajo", "Calle 2", "556"), false, form()));
        assertEquals("Casa", mainOf(ana));
        long work = addresses.of(ana).getLast().id();
        assertEquals(Saved.DONE, addresses.edit(ana, work, new Typed("Oficina", "Calle 2", "556"), true, form()));
        assertEquals("Oficina", mainOf(ana));
        assertEquals(Saved.NOT_FOUND, addresses.edit(boss, work, new Typed("Mía", "x", "1"), true, form()));
        assertEquals(Saved.NOT_FOUND, addresses.delete(boss, work, form()));
        assertEquals(Saved.DONE, addresses.delete(ana, work, form()));
        assertEquals("Casa", mainOf(ana));
        for (int i = 1; i < Addresses.MOST; i++) {
            assertEquals(Saved.DONE, addresses.add(ana, new Typed("", "Calle " + i, "1"), true, form()));
        }
        assertEquals(Saved.FULL, addresses.add(ana, new Typed("", "otra", "1"), true, form()));
        assertEquals(1, words.number("SELECT count(*) FROM direcciones WHERE usuario_id = ? AND principal", ana));
    }

    private String mainOf(int user) {
        return words.text("SELECT nombre FROM direcciones WHERE usuario_id = ? AND principal", user);
    }

    @Test
    void a_payment_begins_with_what_was_typed_and_not_paid_else_with_the_first_choice() {
        Addresses addresses = here.accounts.addresses();
        assertTrue(addresses.suggested(ana).isEmpty());
        addresses.add(ana, new Typed("Casa", "Calle 1", "555"), true, form());
        assertEquals("Calle 1", addresses.suggested(ana).orElseThrow().address());
        addresses.keepTyped(ana, new Addresses.Delivery("transferencia", "Calle 9", "9", "x".repeat(3_000)));
        Addresses.Delivery typed = addresses.suggested(ana).orElseThrow();
        assertEquals("Calle 9", typed.address());
        assertEquals(2_000, typed.notes().length());
        addresses.paid(ana, new Typed("", "Calle 9", "9"), true);
        addresses.paid(ana, new Typed("", "Calle 9", "9"), true);
        assertEquals("Calle 1", addresses.suggested(ana).orElseThrow().address());
        assertEquals(2, addresses.of(ana).size());
    }
}
