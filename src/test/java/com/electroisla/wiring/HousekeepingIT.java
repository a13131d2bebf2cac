package com.electroisla.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.PreparedPlans;
import com.electroisla.ShopFixture;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.TableRows;
import com.electroisla.database.migration.Target;
import com.electroisla.logs.HeardLines;
import com.electroisla.reservation.ExpireReservations;
import com.electroisla.settings.Retention;
import com.electroisla.settings.Setting;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HousekeepingIT {
    private static final Retention DAYS = new Retention(days(90), days(1825), days(365), days(90), days(90), days(30));

    private static final Retention.Kept FOR_EVER = new Retention.Kept(Optional.empty(), true);

    private ShopFixture fixture = new ShopFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void old_records_of_every_feature_go_and_young_ones_stay() {
        int buyer = fixture.anyBuyer();
        fixture.sql("INSERT INTO lotes_confirmados (id, created_at) VALUES (gen_random_uuid(), now() - interval "
                + "'25 hours'), (gen_random_uuid(), now() - interval '23 hours')");
        fixture.sql("INSERT INTO limites (clave, ventana_hasta, cuenta) VALUES ('vieja', now() - interval '1 "
                + "minute', 1), ('joven', now() + interval '1 minute', 1)");
        fixture.sql("""
                INSERT INTO idempotencia (usuario_id, metodo, ruta, clave, huella, estado, cuerpo, created_at)
                VALUES (?, 'POST', '/', 'vieja', '', 200, '', now() - interval '25 hours'),
                    (?, 'POST', '/', 'joven', '', 200, '', now() - interval '23 hours')
                """, buyer, buyer);
        fixture.sql("INSERT INTO claves_firma (kid, clave_publica, created_at, usada_at) VALUES ('vieja', '', now() "
                + "- interval '9 days', now() - interval '8 days'),"
                + " ('joven', '', now() - interval '900 days', now() - interval '6 days')");
        fixture.sql("INSERT INTO eventos (tipo, sujeto, datos, ocurrido_at, repartido_at) VALUES ('x', 'viejo', '{}', "
                + "now(), now() - interval '8 days'), ('x', 'joven', '{}', now(), now() - interval '6 days'), ('x', "
                + "'pendiente', '{}', now() - interval '80 days', NULL)");
        fixture.sql("INSERT INTO correos (clave, tipo, para, idioma, valores, estado, created_at, caduca_at, "
                + "siguiente_at) VALUES ('vieja', 'x', '', 'es', '{}', 'enviado', now() - interval '91 days', now(), "
                + "now()), ('joven', 'x', '', 'es', '{}', 'enviado', now() - interval '89 days', now(), now()), "
                + "('lapsed', 'x', '', 'es', '{\"codigo\": 1}', 'pendiente', now(), now(), now())");
        fixture.sql("INSERT INTO codigos_correo (proposito, direccion, sal, huella, created_at, vence, fallos, "
                + "reenvios, ip_address) VALUES ('registro', 'vieja', '', '', now() - interval '49 hours', now(), 0, "
                + "0, "
                + "'192.0.2.7'), ('recuperacion', 'joven', '', '', now() - interval '47 hours', now(), 0, 0, "
                + "'192.0.2.7')");
        peopleRecords(buyer);

        deleteOldRecords(DAYS);

        assertEquals("joven", fixture.text("SELECT string_agg(direccion, ',') FROM codigos_correo"));

        assertEquals(1, fixture.number("SELECT count(*) FROM lotes_confirmados"));
        assertEquals("joven", fixture.text("SELECT string_agg(clave, ',') FROM limites"));
        assertEquals("joven", fixture.text("SELECT string_agg(clave, ',') FROM idempotencia"));
        assertEquals("joven,pendiente", fixture.text("SELECT string_agg(sujeto, ',' ORDER BY id) FROM eventos"));
        assertEquals(
                "joven enviado {},lapsed caducado {}",
                fixture.text("SELECT string_agg(clave || ' ' || estado || ' ' || valores, ',' ORDER BY id) FROM "
                        + "correos"));
        assertEquals("joven", fixture.text("SELECT string_agg(kid, ',') FROM claves_firma"));
        assertEquals("joven", fixture.text("SELECT string_agg(username, ',') FROM login_attempts"));
        assertEquals("joven", fixture.text("SELECT string_agg(objeto_repr, ',') FROM audit_logs"));
        assertEquals("joven", fixture.text("SELECT string_agg(product_name, ',') FROM cart_audit_logs"));
        assertEquals(
                "--,192.0.2.7/32-joven",
                fixture.text("SELECT string_agg(COALESCE(ip_address::text, '-') || "
                        + "'-' || user_agent, ',' ORDER BY id) FROM "
                        + "stock_reservations"));
    }

    private void peopleRecords(int buyer) {
        fixture.sql("INSERT INTO login_attempts (ip_address, username, attempt_type, success, \"timestamp\") VALUES"
                + " ('192.0.2.7', 'vieja', 'login', false, now() - interval '91 days'), ('192.0.2.7', 'joven', "
                + "'login', false, now() - interval '89 days')");
        fixture.sql("INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, \"timestamp\") VALUES"
                + " ('editar', 'producto', 1, 'vieja', '{}', now() - interval '1826 days'), ('editar', 'producto', "
                + "1, 'joven', '{}', now() - interval '1824 days')");
        fixture.sql(
                "INSERT INTO cart_audit_logs (action, product_name, user_agent, \"timestamp\", user_id) VALUES"
                        + " ('add', 'vieja', '', now() - interval '366 days', ?), ('add', 'joven', '', now() "
                        + "- interval '364 days', ?)",
                buyer,
                buyer);
        fixture.sql("""
                INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, ip_address, user_agent,
                    producto_id, usuario_id)
                VALUES (1, 'cancelled', now() - interval '91 days', now() - interval '91 days', '192.0.2.7', 'vieja', ?,
                       ?),
                       (1, 'cancelled', now() - interval '89 days', now() - interval '89 days', '192.0.2.7', 'joven', ?,
                       ?)
                """, fixture.productWithStock(1), buyer, fixture.productWithStock(1), buyer);
    }

    @Test
    void guests_who_bought_nothing_go_with_their_carts_and_what_the_past_points_at_stays_without_a_name() {
        long lamp = fixture.productWithStock(9);
        int idle = fixture.guest("va@example.com");
        int held = fixture.guest("tuvo@example.com");
        int bought = fixture.guest("compro@example.com");
        int young = fixture.guest("joven@example.com");
        for (int guest : List.of(idle, held, bought, young)) {
            fixture.inCart(guest, lamp, 1);
        }
        fixture.checkout(held);
        fixture.cancel(fixture.shop, held);
        fixture.checkout(bought);
        fixture.pay(bought);
        for (int guest : List.of(held, bought)) {
            fixture.sql("""
                    INSERT INTO pagos (usuario_id, estado, proveedor, importe, metodo_pago, direccion_entrega, telefono,
                                       notas, vence, creado_at, actualizado_at)
                    VALUES (?, 'cancelado', 'prueba', 1, 'tarjeta', 'Calle 23', '5', 'timbre', now(), now(), now())
                    """, guest);
        }
        fixture.sql("UPDATE invitados SET ultimo_uso = now() - interval '31 days' WHERE usuario_id <> ?", young);

        deleteOldRecords(new Retention(FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER));
        assertEquals(4, fixture.number("SELECT count(email) FROM invitados"));
        deleteOldRecords(DAYS);

        assertEquals(
                List.of(
                        held + "  false -",
                        bought + " Ana true compro@example.com",
                        young + " Ana true joven@example.com"),
                fixture.texts("""
                        SELECT u.id || ' ' || u.first_name || ' ' || u.is_active || ' ' || COALESCE(i.email, '-')
                          FROM auth_user u JOIN invitados i ON i.usuario_id = u.id ORDER BY u.id
                        """));
        assertEquals(
                List.of(Integer.toString(bought), Integer.toString(young)),
                fixture.texts("SELECT user_id FROM carts ORDER BY user_id"));
        assertEquals(1, fixture.number("SELECT count(*) FROM pedidos WHERE usuario_id = ?", bought));
        assertEquals(
                List.of("", "Calle 235timbre"),
                fixture.texts("SELECT concat(direccion_entrega, telefono, notas) FROM pagos ORDER BY usuario_id"));
    }

    @Test
    void what_is_to_be_kept_for_ever_is_kept() {
        peopleRecords(fixture.anyBuyer());

        deleteOldRecords(new Retention(FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER));

        assertEquals(
                6,
                fixture.number("SELECT (SELECT count(*) FROM login_attempts) + (SELECT count(*) FROM "
                        + "audit_logs) + (SELECT count(*) FROM cart_audit_logs)"));
        assertEquals(2, fixture.number("SELECT count(*) FROM stock_reservations WHERE ip_address IS NOT NULL"));
    }

    @Test
    void a_default_deletes_nothing_that_the_old_shop_left_and_a_set_value_does() {
        fixture.close();
        fixture = new ShopFixture(LegacyDatabase.create(33));
        oldRecordsOfDjango();
        assertInstanceOf(
                MigrationOutcome.Done.class,
                new Migrations(fixture.shop.database()).migrateTo(Target.LATEST, false, line -> {}));
        List<String> before = oldShopsRows();

        assertFalse(fixture.shop.settings().retention().audit().chosen());
        deleteOldRecords(fixture.shop.settings().retention());
        assertEquals(before, oldShopsRows());

        deleteOldRecords(DAYS);
        assertEquals(
                0,
                fixture.number("SELECT (SELECT count(*) FROM login_attempts WHERE \"timestamp\" < "
                        + "'2021-01-01') + (SELECT count(*) FROM audit_logs WHERE \"timestamp\" < "
                        + "'2021-01-01')"
                        + " + (SELECT count(*) FROM cart_audit_logs WHERE \"timestamp\" < '2021-01-01') + (SELECT "
                        + "count(*) FROM stock_reservations WHERE ip_address = '192.0.2.7')"));
    }

    @Test
    void a_server_whose_database_went_back_to_django_deletes_nothing_and_does_not_complain_every_minute() {
        fixture.close();
        fixture = new ShopFixture(LegacyDatabase.create(33));
        oldRecordsOfDjango();
        Migrations migrations = new Migrations(fixture.shop.database());
        assertInstanceOf(MigrationOutcome.Done.class, migrations.migrateTo(Target.LATEST, false, line -> {}));
        assertInstanceOf(MigrationOutcome.Done.class, migrations.migrateTo(new Target.Number(19), false, line -> {}));
        List<String> before = oldShopsRows();
        try (HeardLines lines = HeardLines.of(Housekeeping.class.getName())) {
            deleteOldRecords(DAYS);
            assertEquals(List.of(), lines.problems());
        }
        assertEquals(before, oldShopsRows());
    }

    private void oldRecordsOfDjango() {
        fixture.sql("INSERT INTO login_attempts (id, ip_address, username, attempt_type, success, \"timestamp\", "
                + "user_agent) VALUES (0, '192.0.2.7', 'vieja', 'login', false, '2019-05-01', '')");
        fixture.sql("INSERT INTO audit_logs (id, accion, modulo, objeto_id, objeto_repr, detalles, \"timestamp\", "
                + "user_agent) VALUES (0, 'editar', 'producto', 1, 'vieja', '{}', '2019-05-01', '')");
        fixture.sql("INSERT INTO cart_audit_logs (id, action, product_name, user_agent, \"timestamp\", user_id) "
                + "VALUES (0, 'add', 'vieja', '', '2019-05-01', 16)");
        fixture.sql("INSERT INTO refresh_tokens (id, token_hash, jti, created_at, expires_at, revocado, "
                + "usuario_id) VALUES (0, 'vieja', 'vieja', '2019-05-01', '2019-05-01', false, 16)");
        fixture.sql("INSERT INTO token_blacklist (id, token, blacklisted_at, razon, usuario_id) VALUES (0, "
                + "'vieja', '2019-05-01', 'logout', 16)");
        fixture.sql("""
                INSERT INTO stock_reservations (id, cantidad, status, created_at, expires_at, ip_address, user_agent,
                    producto_id, usuario_id)
                SELECT 1, 1, 'cancelled', '2019-05-01', '2019-05-01', '192.0.2.7', 'vieja', min(id), 16
                FROM productos""");
    }

    private List<String> oldShopsRows() {
        return TableRows.checksums(fixture.shop.database()).stream()
                .filter(line -> !line.startsWith("conservacion "))
                .toList();
    }

    @Test
    void the_origin_of_a_hold_is_forgotten_once_it_is_old_enough_however_often_one_looked_before() {
        peopleRecords(fixture.anyBuyer());
        deleteOldRecords(DAYS);
        deleteOldRecords(DAYS);
        assertEquals(1, fixture.number("SELECT count(*) FROM stock_reservations WHERE ip_address IS NOT NULL"));

        fixture.clock.advance(Duration.ofDays(2));
        deleteOldRecords(DAYS);

        assertEquals(
                0,
                fixture.number("SELECT count(*) FROM stock_reservations WHERE ip_address IS NOT NULL OR "
                        + "user_agent <> ''"));
    }

    @Test
    void a_step_that_fails_keeps_no_other_from_its_turn() {
        fixture.sql("ALTER TABLE idempotencia RENAME TO fuera_de_aqui");
        fixture.sql("INSERT INTO lotes_confirmados (id, created_at) VALUES (gen_random_uuid(), now() - interval "
                + "'25 hours')");
        peopleRecords(fixture.anyBuyer());

        deleteOldRecords(DAYS);

        assertEquals(0, fixture.number("SELECT count(*) FROM lotes_confirmados"));
        assertEquals("joven", fixture.text("SELECT string_agg(username, ',') FROM login_attempts"));
    }

    @Test
    void an_old_record_that_somebody_has_locked_is_left_for_another_time_and_the_others_go() throws SQLException {
        int buyer = fixture.anyBuyer();
        fixture.sql("INSERT INTO lotes_confirmados (id, created_at) SELECT gen_random_uuid(), now() - interval '25 "
                + "hours' FROM generate_series(1, 2)");
        fixture.sql("""
                INSERT INTO idempotencia (usuario_id, metodo, ruta, clave, huella, estado, cuerpo, created_at)
                SELECT ?, 'POST', '/', 'vieja ' || n, '', 200, '', now() - interval '25 hours'
                FROM generate_series(1, 2) n
                """, buyer);
        try (var somebody = fixture.target.connect(Map.of());
                var statement = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            statement.execute("SELECT FROM idempotencia WHERE clave = 'vieja 1' FOR UPDATE");
            statement.execute("SELECT FROM lotes_confirmados LIMIT 1 FOR UPDATE");
            deleteOldRecords(DAYS);
            assertEquals("vieja 1", fixture.text("SELECT string_agg(clave, ',') FROM idempotencia"));
            assertEquals(1, fixture.number("SELECT count(*) FROM lotes_confirmados"));
            somebody.rollback();
        }
        deleteOldRecords(DAYS);
        assertEquals(
                0,
                fixture.number("SELECT count(*) FROM idempotencia")
                        + fixture.number("SELECT count(*) FROM lotes_confirmados"));
    }

    /** Checked with generic plans, over tables that have grown. */
    @Test
    void every_deletion_finds_its_rows_by_an_index() throws SQLException {
        int buyer = fixture.anyBuyer();
        long product = fixture.productWithStock(1);
        fixture.sql("INSERT INTO lotes_confirmados (id, created_at) SELECT gen_random_uuid(), now() - n * interval "
                + "'1 second' FROM generate_series(1, 20000) n");
        fixture.sql("INSERT INTO limites (clave, ventana_hasta, cuenta) SELECT 'x' || n, now() + n * interval '1 "
                + "second', 1 FROM generate_series(1, 20000) n");
        fixture.sql("INSERT INTO idempotencia (usuario_id, metodo, ruta, clave, huella, estado, cuerpo, created_at)"
                + " SELECT 1, 'POST', '/', 'x' || n, '', 200, '', now() - n * interval '1 second' FROM "
                + "generate_series(1, 20000) n");
        fixture.sql(
                "INSERT INTO refresh_tokens (token_hash, jti, familia, created_at, expires_at, revocado, "
                        + "usuario_id)"
                        + " SELECT 'x' || n, 'x' || n, 'f' || n, now(), now() + n * interval '1 second', false, ? "
                        + "FROM generate_series(1, 20000) n",
                buyer);
        fixture.sql(
                "INSERT INTO token_blacklist (token, blacklisted_at, razon, usuario_id)"
                        + " SELECT 'familia:' || n, now() - n * interval '1 second', 'x', ? FROM "
                        + "generate_series(1, 20000) n",
                buyer);
        fixture.sql(
                "INSERT INTO sesiones_web (huella, usuario_id, created_at, ultimo_uso, expires_at, ip_address)"
                        + " SELECT sha256(n::text::bytea), ?, now(), now(), now() + n * interval '1 second', "
                        + "'127.0.0.1' FROM generate_series(1, 20000) n",
                buyer);
        fixture.sql("INSERT INTO login_attempts (ip_address, username, attempt_type, success, \"timestamp\")"
                + " SELECT '192.0.2.7', 'x', 'login', false, now() - n * interval '1 second' FROM "
                + "generate_series(1, 20000) n");
        fixture.sql("INSERT INTO audit_logs (accion, modulo, objeto_id, objeto_repr, detalles, \"timestamp\")"
                + " SELECT 'x', 'x', 1, 'x', '{}', now() - n * interval '1 second' FROM generate_series(1, 20000) n");
        fixture.sql(
                "INSERT INTO cart_audit_logs (action, product_name, user_agent, \"timestamp\", user_id)"
                        + " SELECT 'x', 'x', '', now() - n * interval '1 second', ? FROM generate_series(1, 20000) n",
                buyer);
        fixture.sql(
                "INSERT INTO eventos (tipo, sujeto, datos, ocurrido_at, repartido_at) SELECT 'x', 'x', '{}', now(), "
                        + "now() - n * interval '1 second' FROM generate_series(1, 20000) n");
        fixture.sql("INSERT INTO correos (clave, tipo, para, idioma, valores, estado, created_at, caduca_at, "
                + "siguiente_at) SELECT n, 'x', '', 'es', '{}', 'enviado', now() - n * interval '1 second', now(), "
                + "now() FROM generate_series(1, 20000) n");
        fixture.sql(
                "INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, producto_id, usuario_id)"
                        + " SELECT 1, 'cancelled', now() - n * interval '1 second', now(), ?, ? FROM "
                        + "generate_series(1, 20000) n",
                product,
                buyer);
        fixture.sql("INSERT INTO existencias_mostradas (usuario_id, producto_id, disponible, mostrado_at) "
                + "SELECT 1, n, 1, now() - n * interval '1 second' FROM generate_series(1, 20000) n");
        fixture.sql("INSERT INTO codigos_correo (proposito, direccion, sal, huella, created_at, vence, fallos, "
                + "reenvios, ip_address) SELECT 'registro', n::text, '', '', now() - n * interval '1 second', now(), "
                + "0, 0, "
                + "'192.0.2.7' FROM generate_series(1, 20000) n");
        fixture.sql("WITH nuevos AS (INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, "
                + "email, is_staff, is_active, date_joined) SELECT '!', false, 'g' || n, '', '', '', false, true, "
                + "now() FROM generate_series(1, 20000) n RETURNING id) INSERT INTO invitados (usuario_id, "
                + "created_at, ultimo_uso) SELECT id, now(), now() - id * interval '1 second' FROM nuevos");
        fixture.sql("INSERT INTO pedidos (estado, metodo_pago, total, direccion_entrega, telefono, created_at, "
                + "updated_at, usuario_id) SELECT 'x', 'x', 1, '', '', now(), now(), usuario_id FROM invitados");
        fixture.sql("INSERT INTO enlaces_pedido (huella, pedido_id, created_at, vence)"
                + " SELECT sha256(id::text::bytea), id, now(), now() + id * interval '1 day' FROM pedidos");
        fixture.sql("INSERT INTO enlaces_cuenta (proposito, huella, email, creado_por, created_at, enviado_at, vence, "
                + "envios) SELECT 'clave', sha256(n::text::bytea), '', 1, now(), now(), "
                + "now() - n * interval '1 second', 1 FROM generate_series(1, 20000) n");
        fixture.sql("INSERT INTO entregas_escritas (usuario_id, metodo_pago, direccion, telefono, notas, updated_at) "
                + "SELECT usuario_id, '', '', '', '', now() - usuario_id * interval '1 second' FROM invitados");
        fixture.shop.database().<Void, SQLException>read(handle -> {
            handle.execute("ANALYZE");
            handle.execute("SET plan_cache_mode = force_generic_plan");
            for (int i = 0; i < 10; i++) {
                Housekeeping.steps(DAYS).forEach(step -> step.piece().delete(handle, Instant.now()));
            }
            Map<String, List<String>> walks = new TreeMap<>(PreparedPlans.of(handle));
            assertTrue(
                    walks.keySet().stream()
                                    .filter(statement -> statement.contains("DELETE FROM"))
                                    .count()
                            >= 9,
                    walks::toString);
            walks.values()
                    .removeIf(plan -> plan.stream()
                            .noneMatch(line -> line.matches(".*Seq Scan on (?!conservacion|claves_firma).*")));
            assertEquals(Map.of(), walks);
            handle.execute("RESET plan_cache_mode");
            return null;
        });
    }

    @Test
    void a_server_that_starts_makes_its_keys_ready_before_anybody_signs_in() {
        fixture.shop.startBackgroundWork();
        Eventually.until(() -> fixture.number("SELECT count(*) FROM claves_firma") == 1
                && fixture.number("SELECT count(*) FROM secreto_tienda WHERE huella IS NOT NULL") == 1);
    }

    @Test
    void a_server_writes_by_itself_that_payments_have_lapsed() {
        fixture.sql("""
                INSERT INTO pagos (usuario_id, estado, proveedor, importe, metodo_pago, direccion_entrega, telefono,
                                   vence, creado_at, actualizado_at)
                SELECT 1, 'iniciado', 'prueba', 1, 'tarjeta', '', '', now() + step * interval '1 hour', now(), now()
                  FROM (VALUES (-1), (1)) AS v(step)
                """);
        fixture.shop.startBackgroundWork();
        Eventually.until(() -> fixture.number("SELECT count(*) FROM pagos WHERE estado = 'vencido'") == 1);
        assertEquals("vencido iniciado", fixture.text("SELECT string_agg(estado, ' ' ORDER BY id) FROM pagos"));
    }

    @Test
    void a_table_whose_ids_run_out_is_named_from_eighty_percent_on() {
        try (var housekeeping = housekeeping(DAYS);
                HeardLines lines = HeardLines.of(Housekeeping.class.getName())) {
            fixture.sql("SELECT setval('auth_user_id_seq', 1717986000)");
            housekeeping.lookAtIds();
            assertEquals(List.of(), lines.lines());
            fixture.sql("SELECT setval('auth_user_id_seq', 1717987000)");
            housekeeping.lookAtIds();
            assertTrue(
                    lines.lines().getFirst().startsWith("auth_user.id has given 1717987000 of 2147483647 ids"),
                    lines.lines()::toString);
            assertTrue(fixture.shop.ids().fullest() > 0.8);
            assertEquals(
                    "auth_user.id",
                    fixture.shop.inventory().scarceIds().getFirst().column());
        }
        assertFalse(fixture.shop.inventory().scarceIds().isEmpty());
    }

    @Test
    void the_retention_is_a_setting_and_a_duration_under_a_day_is_refused() {
        try (var forEver = new ShopFixture(Map.of(Setting.KEEP_AUDIT, "off", Setting.KEEP_ORIGINS, "P30D"))) {
            assertEquals(FOR_EVER, forEver.shop.settings().retention().audit());
            assertEquals(days(30), forEver.shop.settings().retention().origins());
        }
        var refused = org.junit.jupiter.api.Assertions.assertThrows(
                com.electroisla.settings.InvalidSetting.class,
                () -> new ShopFixture(Map.of(Setting.KEEP_LOGIN_ATTEMPTS, "PT5M")));
        assertTrue(refused.getMessage().contains("ELECTRO_ISLA_CONSERVAR_INTENTOS"), refused::getMessage);
    }

    private void deleteOldRecords(Retention retention) {
        try (var housekeeping = housekeeping(retention)) {
            housekeeping.deleteOldRecords();
        }
    }

    private Housekeeping housekeeping(Retention retention) {
        Shop shop = fixture.shop;
        return new Housekeeping(
                shop.database(),
                shop.clock(),
                new ExpireReservations(shop.database(), shop.clock()),
                shop.lapseOrders(),
                shop.ids(),
                retention);
    }

    private static Retention.Kept days(int days) {
        return new Retention.Kept(Optional.of(Duration.ofDays(days)), true);
    }
}
