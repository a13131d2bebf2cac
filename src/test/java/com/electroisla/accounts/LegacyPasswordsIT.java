package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.LongProofs;
import com.electroisla.accounts.LogInOutcome.LoggedIn;
import com.electroisla.accounts.LogInOutcome.Refused;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Accounts of the old shop keep their password, name and e-mail. The four databases have the same accounts, each with
 * hashes of its own, and the takeover keeps every row ({@code TakeoverLevelsIT}).
 */
class LegacyPasswordsIT {
    private static final Map<String, String> PASSWORDS = new LinkedHashMap<>(Map.ofEntries(
            Map.entry("admin", "Admin-2025!"),
            Map.entry("encargada", "Encargada-1"),
            Map.entry("trabajador1", "Trabajo-123"),
            Map.entry("mensajero1", "Reparto-123"),
            Map.entry("josé_ñandú", "contraseña-ñ€漢字🔑"),
            Map.entry("用户测试", "pässwörd 密码 9"),
            Map.entry("sinperfil", "SinPerfil-1"),
            Map.entry("Mayúscula.Punto+1@x", "  espacios al final  "),
            Map.entry("viejo2019", "Django-Viejo-1"),
            Map.entry("sha1viejo", "Sha1-Viejo-1"),
            Map.entry("x".repeat(150), "Largo-1234"),
            Map.entry("jose\u0301", "Comb-12345"),
            Map.entry("cliente0", "Cliente-0"),
            Map.entry("cliente17", "Cliente-5")));

    @TempDir
    Path folder;

    private Instance instance;

    static List<Integer> levels() {
        return LongProofs.orLonger(List.of(18, 33), List.of(18, 19, 20, 33));
    }

    @ParameterizedTest
    @MethodSource("levels")
    void every_password_of_a_real_database_lets_its_owner_in_by_name_and_by_email_and_nobody_else(int level) {
        JdbcTarget target = LegacyDatabase.create(level);
        try (var opened = new Instance(target, folder)) {
            instance = opened;
            assertInstanceOf(
                    MigrationOutcome.Done.class,
                    new Migrations(instance.database).migrateTo(Target.LATEST, false, true, _ -> {}));
            PASSWORDS.forEach((name, password) -> {
                var entered = assertInstanceOf(LoggedIn.class, logIn(name, password), name);
                String email = entered.profile().email();
                assertEquals(
                        entered.profile(),
                        assertInstanceOf(
                                        LoggedIn.class,
                                        logIn(email.toUpperCase(java.util.Locale.ROOT), password),
                                        email)
                                .profile());
            });
            assertEquals(
                    Role.CLIENTE,
                    ((LoggedIn<?>) logIn("sinperfil", "SinPerfil-1")).profile().role());
            assertRefused();
            assertRaised();
        }
    }

    private void assertRefused() {
        for (String[] each : new String[][] {
            {"inactiva", "Inactiva-1"},
            {"ina@isla.test", "Inactiva-1"},
            {"sinclave", "!"},
            {"nc@isla.test", ""},
            {"sinclave", "sinclave"},
            {"cliente36", "Cliente-0"},
            {"cliente36@correo.test", "Cliente-0"},
            {"Mayúscula.Punto+1@x", "espacios al final"},
            {"josé_ñandú", "contraseña-n"}
        }) {
            assertEquals(new Refused<>(), logIn(each[0], each[1]), each[0]);
        }
    }

    /** Asserts that the hash has been converted to the usual kind, in Django's spelling, and still verifies. */
    private void assertRaised() {
        String hash = instance.database.read(
                handle -> handle.createQuery("SELECT password FROM auth_user WHERE username = 'sha1viejo'")
                        .mapTo(String.class)
                        .one());
        assertTrue(hash.matches("pbkdf2_sha256\\$1000\\$[a-zA-Z0-9]{22}\\$[A-Za-z0-9+/]{43}="), hash);
        assertInstanceOf(LoggedIn.class, logIn("s1@isla.test", "Sha1-Viejo-1"));
    }

    private LogInOutcome<TokenPair> logIn(String name, String password) {
        // each in a minute of its own, so that no limit is reached
        instance.moved = instance.moved.plusMinutes(2);
        return instance.logIn(name, password);
    }
}
