package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopWords;
import com.electroisla.accounts.ConfirmSignUp.Confirmed;
import com.electroisla.accounts.RecoverPassword.Reset;
import com.electroisla.accounts.SignUpByMail.Resent;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The codes that the old shop's tables hold in a database that it made. */
class OldCodesIT {
    private static final String PASSWORD = "Isla#verde7";
    private static final String NEW = "Brisa%lenta42x";
    private static final String EVA = "eva@correo.test";
    private static final Client CLIENT = Instance.client("192.0.2.1");

    @TempDir
    Path folder;

    private Instance shop;
    private ShopWords words;

    private void takeOver(int level) {
        shop = new Instance(LegacyDatabase.create(level), folder.resolve("a"));
        words = ShopWords.of(shop.database);
        assertInstanceOf(Done.class, new Migrations(shop.database).migrateTo(Target.LATEST, false, line -> {}));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Confirmed confirm(String code) {
        return shop.accounts.confirmSignUp().confirm("Eva@correo.test", code, CLIENT);
    }

    /** A registration as the old shop keeps one; its code is 482913. */
    private void oldRegistration(String expires) {
        words.sql("""
                INSERT INTO email_verifications (codigo, created_at, expires_at, verificado, intentos_fallidos,
                    contador_reenvios, email_temporal, username_temporal, first_name_temporal, last_name_temporal,
                    password_hash)
                VALUES ('482913', now(), now() + CAST(? AS interval), false, 0, 0, 'eva@correo.test', 'eva', 'Eva', '',
                    ?)""", expires, shop.accounts.manage().hash(PASSWORD));
    }

    private String evas(String columns) {
        return words.text("SELECT concat_ws(' ', " + columns + ") FROM email_verifications"
                + " WHERE email_temporal = 'eva@correo.test'");
    }

    @Test
    void a_registration_that_waits_there_is_finished_with_its_code_and_marked_as_the_old_shop_marks_it() {
        takeOver(33);
        oldRegistration("5 minutes");
        assertInstanceOf(Confirmed.Wrong.class, confirm("482914"));
        assertEquals("1 f", evas("intentos_fallidos, verificado"));

        var opened = assertInstanceOf(Confirmed.Opened.class, confirm("482913"));

        assertEquals("eva", opened.profile().username());
        assertEquals("t " + opened.profile().id(), evas("verificado, usuario_id"));
        shop.tokens("eva", PASSWORD);
        assertInstanceOf(Confirmed.Wrong.class, confirm("482913"));
    }

    @Test
    void five_wrong_guesses_kill_a_code_there_too() {
        takeOver(33);
        oldRegistration("5 minutes");
        for (int i = 0; i < 5; i++) {
            confirm("000000");
        }
        shop.moved = Duration.ofMinutes(1);
        assertInstanceOf(Confirmed.Wrong.class, confirm("482913"));
        assertEquals("5 f", evas("intentos_fallidos, verificado"));
    }

    @Test
    void a_registration_whose_code_ended_goes_on_here_with_a_new_one() {
        takeOver(33);
        oldRegistration("-1 day");
        assertInstanceOf(Confirmed.Wrong.class, confirm("482913"));
        assertEquals(true, shop.accounts.signUpByMail().status(EVA).canResend());

        assertInstanceOf(Resent.Sent.class, shop.accounts.signUpByMail().resend(EVA, Locale.of("es"), CLIENT));

        assertEquals("482913 0 f", evas("codigo, intentos_fallidos, verificado"), "left as it was");
        String code = words.text("SELECT valores ->> 'codigo' FROM correos");
        assertInstanceOf(Confirmed.Opened.class, confirm(code));
        assertEquals("t", evas("verificado"));
        assertEquals("Eva", words.text("SELECT first_name FROM auth_user WHERE username = 'eva'"));
        shop.tokens(EVA, PASSWORD);
    }

    @Test
    void a_recovery_code_from_there_sets_the_password_and_everything_that_waited_there_ends() {
        takeOver(33);
        String user = "(SELECT id FROM auth_user WHERE username = 'cliente1')";
        words.sql("UPDATE api_passwordrecoverycode SET codigo = '482913', expires_at = now() + interval '5 minutes' "
                + "WHERE usuario_id = " + user);
        String counts = "SELECT concat_ws(' ', intentos_fallidos, verificado) FROM api_passwordrecoverycode"
                + " WHERE usuario_id = " + user;
        if (words.texts(counts).isEmpty()) {
            words.sql("INSERT INTO api_passwordrecoverycode (codigo, verificado, intentos_fallidos, contador_reenvios,"
                    + " user_agent, created_at, expires_at, usuario_id) VALUES ('482913', false, 0, 0, '', now(),"
                    + " now() + interval '5 minutes', " + user + ")");
        }
        var recovery = shop.accounts.recovery();
        assertEquals(new Reset.Wrong(), recovery.reset("cliente1@correo.test", "482914", NEW, CLIENT));
        assertEquals("1 f", words.text(counts));

        assertEquals(new Reset.Done(), recovery.reset("CLIENTE1@correo.test", "482913", NEW, CLIENT));

        assertEquals("1 t", words.text(counts));
        assertEquals(
                0, words.number("SELECT count(*) FROM password_reset_tokens WHERE NOT usado AND usuario_id = " + user));
        assertNotEquals(0, words.number("SELECT count(*) FROM password_reset_tokens WHERE NOT usado"));
        shop.tokens("cliente1", NEW);
        assertEquals(new Reset.Wrong(), recovery.reset("cliente1@correo.test", "482913", NEW, CLIENT));
    }

    @Test
    void a_password_changed_here_ends_what_waited_there() {
        takeOver(33);
        long user = words.number("SELECT id FROM auth_user WHERE username = 'cliente1'");
        words.sql("DELETE FROM api_passwordrecoverycode WHERE usuario_id = ?", user);
        words.sql("""
                INSERT INTO api_passwordrecoverycode (codigo, verificado, intentos_fallidos, contador_reenvios,
                    user_agent, created_at, expires_at, usuario_id)
                VALUES ('482913', false, 0, 0, '', now(), now() + interval '5 minutes', ?)""", user);

        assertTrue(shop.accounts.manage().changePassword((int) user, PASSWORD));

        assertEquals(new Reset.Wrong(), shop.accounts.recovery().reset("cliente1@correo.test", "482913", NEW, CLIENT));
        assertEquals(
                0, words.number("SELECT count(*) FROM password_reset_tokens WHERE NOT usado AND usuario_id = ?", user));
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 29})
    void where_the_tables_or_their_columns_are_not_there_yet_nothing_is_missed(int level) {
        takeOver(level);

        assertInstanceOf(Confirmed.Wrong.class, confirm("482913"));
        assertInstanceOf(Resent.Sent.class, shop.accounts.signUpByMail().resend(EVA, Locale.of("es"), CLIENT));
        shop.accounts.recovery().ask("cliente1@correo.test", Locale.of("es"), CLIENT);
        String code = words.text("SELECT valores ->> 'codigo' FROM correos");
        assertEquals(new Reset.Done(), shop.accounts.recovery().reset("cliente1@correo.test", code, NEW, CLIENT));
        shop.tokens("cliente1", NEW);
    }

    @Test
    void an_erased_account_leaves_nothing_there() {
        takeOver(33);
        oldRegistration("5 minutes");
        assertInstanceOf(Confirmed.Opened.class, confirm("482913"));
        var sure = assertInstanceOf(
                LogInOutcome.LoggedIn.class, shop.accounts.login().confirm("eva", PASSWORD, CLIENT));
        shop.database.useTransaction(handle -> shop.accounts
                .eraseAccount()
                .erase(handle, (LogIn.Confirmed) sure.session(), Locale.ENGLISH, CLIENT, Instant.now()));
        assertEquals(0, words.number("SELECT count(*) FROM email_verifications WHERE email_temporal = '" + EVA + "'"));
        assertEquals(0, words.number("SELECT count(*) FROM auth_user WHERE username = 'eva' OR email = '" + EVA + "'"));
    }
}
