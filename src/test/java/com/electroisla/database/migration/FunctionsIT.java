package com.electroisla.database.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.LegacyDatabase;
import com.electroisla.database.MigratedDatabase;
import com.electroisla.database.TestPostgres;
import com.electroisla.database.migration.MigrationOutcome.Done;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A function in the database means the same for every caller, and no trigger reads a transition table: so a shop can
 * be placed whole on a node of a cluster.
 */
class FunctionsIT {
    /** Functions that are neither parsed when they are created nor have a fixed search_path. */
    private static final String AT_THE_CALLERS_MERCY = """
            SELECT p.oid::regprocedure::text FROM pg_proc p
             WHERE p.pronamespace = 'public'::regnamespace AND p.prosqlbody IS NULL
               AND NOT COALESCE(p.proconfig && ARRAY['search_path=public', 'search_path=pg_catalog'], false)
             ORDER BY 1""";

    private static final String WITH_TRANSITION_TABLES = """
            SELECT g.tgname || ' on ' || g.tgrelid::regclass FROM pg_trigger g
             WHERE g.tgoldtable IS NOT NULL OR g.tgnewtable IS NOT NULL ORDER BY 1""";

    private Database database;

    @AfterEach
    void drop() {
        database.close();
        TestPostgres.discard(database.target());
    }

    private List<String> texts(String query) {
        return database.read(handle -> handle.select(query).mapTo(String.class).list());
    }

    private List<String> culprits() {
        List<String> culprits = new ArrayList<>(texts(AT_THE_CALLERS_MERCY));
        culprits.addAll(texts(WITH_TRANSITION_TABLES));
        return culprits;
    }

    private void open(JdbcTarget target) {
        database = new Database(target, 2);
    }

    @Test
    void every_function_of_a_new_shop_sets_its_own_search_path_or_was_parsed_when_it_was_made() {
        open(MigratedDatabase.create());
        assertTrue(texts("SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
                        .size()
                >= 10);
        assertEquals(List.of(), culprits());
    }

    @Test
    void so_does_every_function_in_a_database_of_the_old_shop_the_guard_included() {
        open(LegacyDatabase.create(33));
        assertInstanceOf(Done.class, new Migrations(database).migrateTo(Target.LATEST, false, true, _ -> {}));
        assertEquals(
                List.of("electro_isla_guardia()"),
                texts("SELECT oid::regprocedure::text FROM pg_proc WHERE proname LIKE 'electro_isla%'"));
        assertEquals(List.of(), culprits());
    }

    /** Fires every trigger once, from a session with an empty search_path. */
    @Test
    void a_session_with_another_search_path_changes_what_anybody_else_does() throws SQLException {
        open(MigratedDatabase.create());
        OldShop shop = new OldShop(database);
        int buyer = shop.user("ale");
        int held = shop.productWithFigures(20, 3, 4);
        int pending = shop.reservation(buyer, held, 3, "pending", "10 minutes");
        int sold = shop.reservation(buyer, held, 4, "confirmed", "-1 hour");
        try (Connection elsewhere = database.target().connect(Map.of());
                var statement = elsewhere.createStatement()) {
            statement.execute("SET search_path = pg_catalog");
            statement.execute("""
                    INSERT INTO public.productos (nombre, descripcion, precio, descuento, stock, stock_total, categoria,
                        activo, imagen_url, en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                    SELECT 'Lámpara ' || n, 'Única', 1, 0, 0, n, 'otros', true, 'data:image/png;base64,AAAA',
                           false, false, true, now(), now()
                      FROM generate_series(1, 3) n""");
            statement.execute(
                    "UPDATE public.productos SET nombre = 'Cafetera', stock_total = 9 WHERE nombre = 'Lámpara 2'");
            statement.execute("DELETE FROM public.productos WHERE nombre = 'Lámpara 3'");
            statement.execute("DELETE FROM public.stock_reservations WHERE id IN (%d, %d)".formatted(pending, sold));
            statement.execute("UPDATE public.auth_user SET is_active = false WHERE id = " + buyer);
        }
        assertEquals("lampara 1 unica, cafetera unica", shop.text("""
                SELECT string_agg(t.nombre || ' ' || t.descripcion, ', ' ORDER BY t.producto_id)
                  FROM textos_productos t WHERE t.producto_id <> %d""".formatted(held)));
        assertEquals("1 t, 9 t", shop.text("""
                SELECT string_agg(stock || ' ' || left((imagen_huella IS NOT NULL)::text, 1), ', ' ORDER BY id)
                  FROM productos WHERE id <> %d""".formatted(held)));
        assertEquals("20/0/4 stock 16", shop.figures(held));
        assertEquals(
                "ajuste 4", shop.text("SELECT string_agg(tipo || ' ' || delta_vendido, ',') FROM movimientos_stock"));
    }
}
