package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.SqlStates;
import com.electroisla.database.TestPostgres;
import com.electroisla.reservation.ReservationOutcome.CartEmpty;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationOutcome.UserGone;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * On the engine's connections PostgreSQL fires no triggers, those of foreign keys among them: the batch's own locks
 * preserve the users and products that its rows refer to (docs/decisions/0010-foreign-keys.md).
 */
class ForeignKeysIT {
    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void no_row_refers_to_what_is_not_there() {
        try (fixture) {
            assertEquals(
                    0, fixture.number("SELECT count(*) FROM carts WHERE user_id NOT IN (SELECT id FROM auth_user)"));
            assertEquals(
                    0,
                    fixture.number("SELECT count(*) FROM stock_reservations WHERE usuario_id NOT IN "
                            + "(SELECT id FROM auth_user)"));
            assertEquals(
                    0,
                    fixture.number("SELECT count(*) FROM pedidos WHERE usuario_id NOT IN (SELECT id FROM auth_user)"));
            assertEquals(
                    0,
                    fixture.number("SELECT count(*) FROM stock_reservations WHERE producto_id NOT IN "
                            + "(SELECT id FROM productos)"));
            assertEquals(List.of(), fixture.differences());
        }
    }

    @Test
    void a_product_that_is_being_deleted_is_waited_for_and_not_held() throws Exception {
        long product = fixture.productWithStock(5);
        int buyer = fixture.buyerWith(product, 1);

        assertInstanceOf(
                CartEmpty.class,
                checkoutDuring(
                        buyer,
                        "DELETE FROM cart_items WHERE product_id = " + product,
                        "DELETE FROM productos WHERE id = " + product));
    }

    @Test
    void a_user_who_is_being_deleted_with_the_cart_is_waited_for_and_holds_nothing() throws Exception {
        int buyer = fixture.buyerWith(fixture.productWithStock(5), 1);

        assertInstanceOf(
                UserGone.class,
                checkoutDuring(
                        buyer,
                        "DELETE FROM cart_items WHERE cart_id = (SELECT id FROM carts WHERE user_id = " + buyer + ")",
                        "DELETE FROM carts WHERE user_id = " + buyer,
                        "DELETE FROM user_profiles WHERE user_id = " + buyer,
                        "DELETE FROM auth_user WHERE id = " + buyer));
    }

    @Test
    void a_user_who_is_being_deleted_gets_no_new_cart() throws Exception {
        int buyer = fixture.anyBuyer();
        fixture.sql("DELETE FROM carts WHERE user_id = ?", buyer);

        assertInstanceOf(
                UserGone.class,
                checkoutDuring(
                        buyer,
                        "DELETE FROM user_profiles WHERE user_id = " + buyer,
                        "DELETE FROM auth_user WHERE id = " + buyer));
    }

    /**
     * The keys of reservations and orders are checked before the batch commits, the cart's only afterwards: locks must
     * protect them, not keys.
     */
    @Test
    void a_user_cannot_be_deleted_beside_a_checkout_in_whatever_order_the_keys_are_looked_at() throws Exception {
        int buyer = fixture.buyerWith(fixture.productWithStock(5), 1);
        try (Connection old = begin(
                "DELETE FROM user_profiles WHERE user_id = " + buyer,
                "DELETE FROM auth_user WHERE id = " + buyer,
                "SET CONSTRAINTS stock_reservations_usuario_id_020c4e7e_fk_auth_user_id, "
                        + "pedidos_usuario_id_2b8cebd6_fk_auth_user_id IMMEDIATE")) {
            CompletableFuture<ReservationOutcome> checkout =
                    CompletableFuture.supplyAsync(() -> fixture.checkout(buyer));
            awaitALock();
            assertFalse(checkout.isDone());

            SQLException refused = assertThrows(SQLException.class, old::commit);

            assertEquals(SqlStates.FOREIGN_KEY_VIOLATION, refused.getSQLState());
            assertInstanceOf(Reserved.class, checkout.get());
        }
    }

    private void awaitALock() {
        Eventually.until(() -> fixture.waitingForLocks() > 0);
    }

    /** Runs a checkout while the old shop deletes rows, and commits that once the checkout waits for it. */
    private ReservationOutcome checkoutDuring(int buyer, String... deletes) throws Exception {
        try (Connection old = begin(deletes)) {
            CompletableFuture<ReservationOutcome> checkout =
                    CompletableFuture.supplyAsync(() -> fixture.checkout(buyer));
            awaitALock();
            assertFalse(checkout.isDone());
            old.commit();
            return checkout.get();
        }
    }

    private Connection begin(String... statements) throws SQLException {
        Connection connection = fixture.target.connect(Map.of());
        connection.setAutoCommit(false);
        for (String statement : statements) {
            run(connection, statement);
        }
        return connection;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * A change that adds a key or trigger must make the batch lock the referenced row, or do the trigger's work
     * itself.
     */
    @Test
    void these_are_all_the_foreign_keys_and_triggers_of_what_a_batch_writes() {
        assertEquals("""
                carts carts_user_id_3a9d1785_fk_auth_user_id
                detalles_pedido detalles_pedido_pedido_id_ebeb756a_fk_pedidos_id
                detalles_pedido detalles_pedido_producto_id_fb467aba_fk_productos_id
                pedidos pedidos_mensajero_id_1fd7d8a0_fk_auth_user_id
                pedidos pedidos_usuario_id_2b8cebd6_fk_auth_user_id
                productos productos_huella_cambiada
                productos productos_huella_nueva
                productos productos_stock_sigue_al_disponible
                productos productos_texto_borrado
                productos productos_texto_cambiado
                productos productos_texto_nuevo
                stock_reservations reservas_borradas_cuadran
                stock_reservations stock_reservations_producto_id_8bd7bd72_fk_productos_id
                stock_reservations stock_reservations_usuario_id_020c4e7e_fk_auth_user_id""", fixture.text("""
                SELECT string_agg(DISTINCT t.tgrelid::regclass || ' ' || COALESCE(c.conname, t.tgname), E'\\n'
                                  ORDER BY t.tgrelid::regclass || ' ' || COALESCE(c.conname, t.tgname))
                  FROM pg_trigger t LEFT JOIN pg_constraint c ON c.oid = t.tgconstraint AND c.conrelid = t.tgrelid
                 WHERE t.tgrelid IN ('carts'::regclass, 'stock_reservations'::regclass, 'productos'::regclass,
                                     'pedidos'::regclass,
                                     'detalles_pedido'::regclass, 'idempotencia'::regclass,
                                     'lotes_confirmados'::regclass)
                   AND (NOT t.tgisinternal OR c.oid IS NOT NULL) AND t.tgconstraint NOT IN (
                       SELECT oid FROM pg_constraint WHERE conrelid = 'productos'::regclass)
                """));
    }

    @Test
    void a_trigger_or_a_foreign_key_of_somebody_elses_is_fired_as_it_always_was() {
        assertEquals(Database.Purpose.RESERVATIONS, EngineConnections.allowed(fixture.shop.database()));

        fixture.sql("CREATE TRIGGER suyo BEFORE UPDATE ON pedidos FOR EACH ROW EXECUTE FUNCTION "
                + "suppress_redundant_updates_trigger()");
        assertEquals(Database.Purpose.BATCHES, EngineConnections.allowed(fixture.shop.database()));
        fixture.sql("DROP TRIGGER suyo ON pedidos");

        fixture.sql("CREATE TABLE suya (linea bigint REFERENCES cart_items (id) ON DELETE CASCADE)");
        assertEquals(
                Database.Purpose.BATCHES,
                EngineConnections.allowed(fixture.shop.database()),
                "a batch deletes lines of carts");
        fixture.sql("DROP TABLE suya");

        fixture.sql("ALTER TABLE pedidos ADD suyo bigint REFERENCES carts (id)");
        assertEquals(Database.Purpose.BATCHES, EngineConnections.allowed(fixture.shop.database()));
    }

    @Test
    void only_the_engines_connections_fire_no_triggers_and_only_a_role_that_may_set_it_has_them() throws Exception {
        assertEquals("origin", fixture.text("SHOW session_replication_role"));
        assertEquals(Database.Purpose.RESERVATIONS, EngineConnections.allowed(fixture.shop.database()));
        try (Database engines = new Database(fixture.target, 1, Database.Purpose.RESERVATIONS)) {
            assertEquals(
                    "replica",
                    engines.read(handle -> handle.createQuery("SHOW session_replication_role")
                            .mapTo(String.class)
                            .one()));
        }

        JdbcTarget shop = TestPostgres.asShop(fixture.target);
        fixture.sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO tienda");
        try (Connection _ = TestPostgres.rightsOfTheShop();
                Database database = new Database(shop, 1)) {
            try {
                assertEquals(
                        Database.Purpose.RESERVATIONS,
                        EngineConnections.allowed(database),
                        "the included database's role was granted it");
                fixture.sql("REVOKE SET ON PARAMETER session_replication_role FROM tienda");
                assertEquals(Database.Purpose.BATCHES, EngineConnections.allowed(database));
            } finally {
                fixture.sql("GRANT SET ON PARAMETER session_replication_role TO tienda");
            }
        }
        // Like a pooler that drops options it does not know.
        JdbcTarget dropped = new JdbcTarget(
                shop.url() + (shop.url().contains("?") ? "&" : "?") + "options=-c%20jit=off",
                shop.user(),
                shop.password());
        try (Database database = new Database(dropped, 1)) {
            assertEquals(
                    Database.Purpose.BATCHES,
                    EngineConnections.allowed(database),
                    "the right alone says nothing about the connection");
        }
    }
}
