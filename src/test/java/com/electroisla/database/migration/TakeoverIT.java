package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.TestPostgres;
import com.electroisla.database.migration.Finding.Effect;
import com.electroisla.database.migration.MigrationOutcome.Done;
import com.electroisla.database.migration.MigrationOutcome.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that Django made, taken over as it is and broken on purpose. */
class TakeoverIT {
    private Database database;
    private OldShop shop;
    private final List<String> lines = new ArrayList<>();

    private void open(int level) {
        database = new Database(LegacyDatabase.create(level), 3);
        shop = new OldShop(database);
    }

    @AfterEach
    void drop() {
        database.close();
        TestPostgres.drop(database.target());
    }

    private List<String> names() {
        return new Migrations(database).findings().stream().map(Finding::name).toList();
    }

    private MigrationOutcome migrate(boolean mend) {
        lines.clear();
        return new Migrations(database).migrateTo(Target.LATEST, false, mend, lines::add);
    }

    /** Twelve and more ways in which a real database differs from what this program expects. */
    private enum Break {
        IMPOSSIBLE_FIGURES(19, "cifras_imposibles", 2, Effect.STOPS, """
                UPDATE productos SET stock_vendido = stock_total + 1 WHERE id IN (
                    SELECT id FROM productos p WHERE stock_total > 0 AND NOT EXISTS (SELECT FROM stock_reservations r WHERE r.producto_id = p.id) ORDER BY id LIMIT 2)"""),
        NEGATIVE_RESERVED(19, "cifras_imposibles_reparables", 1, Effect.STOPS_UNTIL_MENDED, """
                UPDATE productos SET stock_reservado = -3 WHERE id = (
                    SELECT min(id) FROM productos p WHERE stock_total > 0 AND NOT EXISTS (SELECT FROM stock_reservations r WHERE r.producto_id = p.id))"""),
        DUPLICATE_CARTS(18, "carritos_duplicados", 2, Effect.STOPS_UNTIL_MENDED, """
                ALTER TABLE carts DROP CONSTRAINT carts_user_id_key;
                INSERT INTO carts (created_at, updated_at, user_id) VALUES (now(), now(), 20), (now(), now(), 23);
                INSERT INTO cart_items (quantity, price_at_addition, created_at, updated_at, cart_id, product_id)
                    SELECT 5, 9.99, now(), now(), max(id), 2 FROM carts WHERE user_id = 20"""),
        DUPLICATE_LINES(19, "lineas_duplicadas", 3, Effect.STOPS_UNTIL_MENDED, """
                ALTER TABLE cart_items DROP CONSTRAINT cart_items_cart_id_product_id_a57569aa_uniq;
                INSERT INTO cart_items (quantity, price_at_addition, created_at, updated_at, cart_id, product_id)
                    SELECT 2, price_at_addition, now(), now(), cart_id, product_id FROM cart_items ORDER BY id LIMIT 3"""),
        DUPLICATE_USERS(18, "filas_duplicadas", 1, Effect.STOPS, """
                ALTER TABLE auth_user DROP CONSTRAINT auth_user_username_key;
                UPDATE auth_user SET username = 'admin' WHERE id = 3"""),
        MISSING_KEY(18, "clave_faltante", 0, Effect.STOPS_UNTIL_MENDED, "ALTER TABLE carts DROP CONSTRAINT carts_user_id_key"),
        MISSING_TABLE(18, "tabla_faltante", 1, Effect.STOPS, "DROP TABLE cart_audit_logs"),
        MISSING_COLUMNS(18, "columna_faltante", 2, Effect.STOPS, "ALTER TABLE pedidos DROP COLUMN notas, DROP COLUMN fecha_entrega"),
        OTHER_TYPE(18, "tipo_distinto", 1, Effect.STOPS, "ALTER TABLE pedidos ALTER COLUMN created_at TYPE timestamp"),
        WIDER_TYPE(18, "tipo_parecido", 2, Effect.REPORTED, """
                ALTER TABLE productos ALTER COLUMN nombre TYPE text, ALTER COLUMN precio TYPE numeric(12,2)"""),
        OWN_COLUMN(18, "columna_ajena", 1, Effect.STOPS, """
                ALTER TABLE pedidos ADD COLUMN cupon varchar(20) NOT NULL DEFAULT ''; ALTER TABLE pedidos ALTER cupon DROP DEFAULT"""),
        SEQUENCE_BEHIND(19, "secuencia_atrasada", 2, Effect.STOPS_UNTIL_MENDED, """
                SELECT setval('pedidos_id_seq', 1), setval('stock_reservations_id_seq', 3)"""),
        EMPTY_VALUES(19, "valores_vacios", 3, Effect.STOPS, """
                ALTER TABLE productos ALTER stock_total DROP NOT NULL; UPDATE productos SET stock_total = NULL WHERE id IN (SELECT id FROM productos ORDER BY id LIMIT 3)"""),
        NEGATIVE_PRICE(18, "precio_negativo", 1, Effect.REPORTED, "UPDATE productos SET precio = -1 WHERE id = (SELECT min(id) FROM productos)"),
        NO_PRICE(18, "precio_imposible", 1, Effect.REPORTED, "UPDATE productos SET precio = 'NaN' WHERE id = (SELECT min(id) FROM productos)"),
        LINE_PRICES(18, "lineas_con_precio_imposible", 2, Effect.REPORTED, """
                UPDATE cart_items SET price_at_addition = CASE id WHEN 13 THEN -5 ELSE numeric 'NaN' END WHERE id IN (13, 22)"""),
        NEGATIVE_STOCK(18, "stock_negativo", 2, Effect.MENDABLE, "UPDATE productos SET stock = -4 WHERE id IN (SELECT id FROM productos ORDER BY id LIMIT 2)"),
        EMPTY_LINES(18, "lineas_sin_cantidad", 3, Effect.MENDABLE, "UPDATE cart_items SET quantity = 0 WHERE id IN (SELECT id FROM cart_items ORDER BY id LIMIT 3)"),
        REPEATED_HOLDS(19, "reservas_repetidas", 2, Effect.MENDABLE, """
                INSERT INTO stock_reservations (cantidad, status, created_at, expires_at, user_agent, producto_id, usuario_id)
                    SELECT 1, 'pending', now() - n * interval '1 minute', now() + interval '15 minutes', '', 47, 2 FROM generate_series(1, 3) n;
                UPDATE productos SET stock_reservado = stock_reservado + 3, stock = stock - 3 WHERE id = 47"""),
        HELD_BY_NOBODY(19, "reservado_sin_reservas", 1, Effect.MENDABLE, """
                UPDATE productos SET stock_reservado = 5, stock = stock - 5 WHERE id = (SELECT min(id) FROM productos p
                    WHERE stock > 5 AND stock_total > 0 AND NOT EXISTS (SELECT FROM stock_reservations r WHERE r.producto_id = p.id))"""),
        LOST_HOLDS(19, "reservado_distinto", 2, Effect.MENDABLE, "UPDATE productos SET stock_reservado = 1 WHERE id IN (24, 79)",
                "productos 24 cambia", "productos 79 cambia"),
        LOST_SALES(19, "vendido_de_menos", 1, Effect.MENDABLE, "UPDATE productos SET stock_vendido = 0 WHERE id = 310", "productos 310 cambia"),
        SALES_OF_A_GONE_USER(19, "vendido_de_mas", 1, Effect.MENDABLE, "DELETE FROM stock_reservations WHERE status = 'confirmed'"),
        OVERPROMISED(19, "reservas_sin_unidades", 1, Effect.REPORTED, """
                UPDATE stock_reservations SET cantidad = 500 WHERE id = 22"""),
        WRONG_TOTALS(18, "total_de_pedido_distinto", 4, Effect.REPORTED, """
                UPDATE pedidos SET total = total + 1 WHERE id IN (
                    SELECT pedido_id FROM detalles_pedido d JOIN pedidos p ON p.id = d.pedido_id GROUP BY pedido_id, total HAVING sum(subtotal) = total ORDER BY pedido_id LIMIT 4)"""),
        UNKNOWN_WORDS(18, "estado_de_pedido_desconocido", 2, Effect.REPORTED, "UPDATE pedidos SET estado = 'enviado' WHERE id IN (SELECT id FROM pedidos ORDER BY id LIMIT 2)"),
        UNKNOWN_STATUS(19, "estado_de_reserva_desconocido", 1, Effect.REPORTED, "UPDATE stock_reservations SET status = 'perdida' WHERE id = (SELECT min(id) FROM stock_reservations WHERE status = 'cancelled')"),
        ORPHANS(18, "filas_huerfanas", 2, Effect.REPORTED, """
                ALTER TABLE detalles_pedido DROP CONSTRAINT detalles_pedido_producto_id_fb467aba_fk_productos_id;
                UPDATE detalles_pedido SET producto_id = 999999 WHERE id IN (SELECT id FROM detalles_pedido ORDER BY id LIMIT 2)""");

        private final int level;
        private final String finding;
        private final long rows;
        private final Effect effect;
        private final String sql;
        /** The rows of productos whose stock 0020 puts where the figures have it. */
        private final List<String> restocked;

        Break(int level, String finding, long rows, Effect effect, String sql, String... restocked) {
            this.level = level;
            this.finding = finding;
            this.rows = rows;
            this.effect = effect;
            this.sql = sql;
            this.restocked = List.of(restocked);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_broken_is_found_named_and_counted_and_nothing_is_changed_unasked(Break way) {
        open(way.level);
        long already = rows(way.finding);
        int audited = shop.number("SELECT count(*) FROM audit_logs");
        shop.execute(way.sql);
        List<String> before = TableRows.checksums(database);
        Map<String, String> columns = TableRows.columns(database);
        Map<String, String> rows = TableRows.of(database, columns);

        Finding found = new Migrations(database).findings().stream().filter(finding -> finding.name().equals(way.finding)).findFirst().orElseThrow();
        assertEquals(already + way.rows, found.rows());
        assertEquals(way.effect, found.effect());
        new Migrations(database).status();
        assertEquals(before, TableRows.checksums(database), "looking changes nothing");
        assertEquals(Math.min(5, already + way.rows), way == Break.EMPTY_VALUES ? way.rows : found.examples().size());
        if (way.effect.stops()) {
            String reason = assertInstanceOf(Refused.class, migrate(false)).reason();
            assertTrue(reason.contains(way.finding) || reason.contains("faltan columnas"), reason);
            assertTrue(lines.contains(found.line()), lines::toString);
            assertEquals(before, TableRows.checksums(database));
            assertEquals(0, shop.number("SELECT count(to_regclass('electro_isla_migraciones'))"));
        } else {
            assertInstanceOf(Done.class, migrate(false));
            assertTrue(lines.contains(found.line()), lines::toString);
            // What is in every column that was there stays, besides Django's own row for 0019 and what stock_distinto named.
            List<String> named = new ArrayList<>(way.restocked);
            assertEquals(!named.isEmpty(), lines.stream().anyMatch(line -> line.contains("- stock_distinto ")), lines::toString);
            if (way.level == 18) {
                named.add("django_migrations " + shop.number("SELECT max(id) FROM django_migrations") + " nueva");
            }
            assertEquals(named.stream().sorted().toList(), TableRows.changes(rows, TableRows.of(database, columns)));
        }
        assertEquals(audited, shop.number("SELECT count(*) FROM audit_logs"));
    }

    private long rows(String finding) {
        return new Migrations(database).findings().stream().filter(each -> each.name().equals(finding)).mapToLong(Finding::rows).sum();
    }

    @ParameterizedTest
    @EnumSource
    void what_can_be_mended_is_mended_when_asked_and_written_to_the_audit_log(Break way) {
        open(way.level);
        shop.execute(way.sql);
        if (way.level == 18) {
            shop.execute("UPDATE cart_items SET quantity = 0 WHERE id = (SELECT max(id) FROM cart_items)");
        }
        List<String> before = TableRows.checksums(database);
        MigrationOutcome outcome = migrate(true);
        if (way.effect == Effect.STOPS) {
            assertInstanceOf(Refused.class, outcome);
            assertEquals(before, TableRows.checksums(database), "all or nothing");
            return;
        }
        assertInstanceOf(Done.class, outcome, outcome::toString);
        if (way.effect.mendable()) {
            int left = lines.indexOf("Quedan:");
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("  Reparado: ")), lines::toString);
            assertTrue(lines.subList(Math.max(left, 0), lines.size()).stream().noneMatch(line -> left >= 0 && line.contains("- " + way.finding + " ")), lines::toString);
            boolean rows = way != Break.MISSING_KEY && way != Break.SEQUENCE_BEHIND;
            assertTrue(!rows || shop.number("SELECT count(*) FROM audit_logs WHERE detalles ?? 'antes' AND detalles ?? 'despues'") > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 19, 20, 33})
    void the_real_databases_are_taken_over_as_they_are_and_what_they_have_is_told(int level) {
        open(level);
        List<String> expected = new ArrayList<>(List.of("usuarios_sin_perfil", "total_de_pedido_distinto"));
        if (level >= 19) {
            expected.addAll(List.of("reservas_vencidas", "reservas_repetidas"));
        }
        assertEquals(expected, names().stream().filter(name -> !name.equals("tipo_parecido")).toList());
        int audited = shop.number("SELECT count(*) FROM audit_logs");
        assertEquals(new Done((int) Migration.KNOWN.stream().filter(each -> each.number() > Math.min(level, 19)).count()), migrate(false));
        assertEquals(List.of(), names());
        assertEquals(audited, shop.number("SELECT count(*) FROM audit_logs"));
    }

    @Test
    void two_carts_of_a_user_become_one_with_every_line() {
        open(18);
        shop.execute(Break.DUPLICATE_CARTS.sql);
        assertInstanceOf(Done.class, migrate(true));
        assertEquals(0, shop.number("SELECT count(*) - count(DISTINCT user_id) FROM carts"));
        assertEquals("8 9.99", shop.text("""
                SELECT concat_ws(' ', quantity, price_at_addition) FROM cart_items i JOIN carts c ON c.id = i.cart_id
                 WHERE user_id = 20 AND product_id = 2"""));
        assertEquals(1, shop.number("SELECT count(*) FROM pg_constraint WHERE conname = 'carts_user_id_key'"));
        assertEquals("cart_items 2, carts 2", shop.text("""
                SELECT string_agg(concat_ws(' ', tabla, filas), ', ' ORDER BY tabla COLLATE "C")
                  FROM (SELECT split_part(objeto_repr, ' ', 1) AS tabla, count(DISTINCT objeto_repr) AS filas
                          FROM audit_logs WHERE accion = 'reparar' GROUP BY 1) AS anotadas"""));
    }

    @Test
    void sales_that_no_reservation_tells_of_stay_sold_and_are_explained() {
        open(19);
        shop.execute(Break.SALES_OF_A_GONE_USER.sql);
        assertInstanceOf(Done.class, migrate(true));
        assertEquals("77/0/1 stock 76", shop.figures(310));
        assertEquals(1, shop.number("SELECT sum(delta_vendido) FROM movimientos_stock WHERE producto_id = 310"));
    }

    @Test
    void mending_what_was_only_reported_works_after_the_takeover_too() {
        open(19);
        shop.execute("UPDATE stock_reservations SET expires_at = now() - interval '1 minute' WHERE status = 'pending'");
        assertInstanceOf(Done.class, migrate(false));
        int pending = shop.number("SELECT count(*) FROM stock_reservations WHERE status = 'pending'");
        assertTrue(pending > 0);
        assertEquals(new Done(0), migrate(true));
        assertEquals(0, shop.number("SELECT count(*) FROM stock_reservations WHERE status = 'pending'"));
        assertEquals(0, shop.number("SELECT sum(stock_reservado) FROM productos"));
        assertEquals(pending, shop.number("SELECT count(*) FROM audit_logs WHERE detalles ->> 'motivo' = 'reservas_vencidas'"));
    }
}
