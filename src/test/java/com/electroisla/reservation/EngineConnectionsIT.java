package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.TestPostgres;
import com.electroisla.groupcommit.GroupCommitSettings;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine while its right or its tables change: it goes on selling, and every foreign trigger fires. */
class EngineConnectionsIT {
    private final Connection rights = TestPostgres.rightsOfTheShop();
    private final ShopFixture fixture = new ShopFixture();
    private final JdbcTarget target = TestPostgres.asShop(fixture.target);
    private final Database shop = new Database(target, 2);
    private final Database batches = shop.sibling(3, Database.Purpose.BATCHES);
    private final EngineConnections connections = new EngineConnections(shop, batches, true);
    private final ReservationEngine engine = new ReservationEngine(
            batches,
            fixture.clock,
            new ReservationSettings(
                    Duration.ofMinutes(15),
                    new GroupCommitSettings(2, 512, 512, Duration.ofSeconds(10), Duration.ofSeconds(20))));
    private final long product = fixture.productWithStock(100);

    EngineConnectionsIT() {
        fixture.sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO tienda");
        fixture.sql("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO tienda");
    }

    @AfterEach
    void figures_and_rows_agree() throws SQLException {
        fixture.sql("GRANT SET ON PARAMETER session_replication_role TO tienda");
        rights.close();
        engine.close();
        connections.close();
        batches.close();
        shop.close();
        try (fixture) {
            assertEquals(List.of(), fixture.differences());
        }
    }

    @Test
    void a_right_that_is_taken_away_costs_no_buyer_an_answer_and_is_taken_up_again_once_it_is_back() {
        connections.ask();
        assertInstanceOf(Reserved.class, checkout());
        assertEquals(Database.Purpose.RESERVATIONS, batches.purpose());

        fixture.sql("REVOKE SET ON PARAMETER session_replication_role FROM tienda");
        endConnections();
        assertInstanceOf(
                Reserved.class, checkout(), "the batch that met the refusal is done on an ordinary connection");
        assertEquals(Database.Purpose.BATCHES, batches.purpose());
        assertInstanceOf(Reserved.class, checkout());

        fixture.sql("GRANT SET ON PARAMETER session_replication_role TO tienda");
        connections.ask();
        assertInstanceOf(Reserved.class, checkout());
        assertEquals(Database.Purpose.RESERVATIONS, batches.purpose());
    }

    @Test
    void a_right_that_is_taken_away_is_noticed_within_a_minute_though_open_connections_keep_what_they_had() {
        connections.ask();
        checkout();
        fixture.sql("REVOKE SET ON PARAMETER session_replication_role FROM tienda");

        connections.ask();

        assertEquals(Database.Purpose.BATCHES, batches.purpose());
        assertInstanceOf(Reserved.class, checkout());
    }

    @Test
    void a_trigger_that_is_added_beside_a_running_server_sees_the_rows_that_are_written_after_the_next_question() {
        connections.ask();
        checkout();
        fixture.sql("CREATE TABLE vistas (reserva bigint)");
        fixture.sql("GRANT ALL ON vistas TO tienda");
        fixture.sql("""
                CREATE FUNCTION ver() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS
                $$ BEGIN INSERT INTO vistas VALUES (NEW.id); RETURN NULL; END $$
                """);
        fixture.sql("CREATE TRIGGER ver AFTER INSERT ON stock_reservations FOR EACH ROW EXECUTE FUNCTION ver()");

        connections.ask();
        checkout();

        assertEquals(1, fixture.number("SELECT count(*) FROM vistas"));
        fixture.sql("DROP TRIGGER ver ON stock_reservations");
        connections.ask();
        assertEquals(Database.Purpose.RESERVATIONS, batches.purpose());
    }

    @Test
    void an_operator_who_does_not_want_it_gets_ordinary_connections() {
        try (var unwanted = new EngineConnections(shop, batches, false)) {
            unwanted.ask();
            assertEquals(Database.Purpose.BATCHES, batches.purpose());
            assertInstanceOf(Reserved.class, checkout());
        }
    }

    @Test
    void an_engine_that_cannot_commit_says_so_and_one_that_can_does_too() {
        connections.ask();
        assertTrue(engine.canCommit(), "nobody bought anything yet, so it is tried");
        fixture.sql("REVOKE INSERT ON lotes_confirmados FROM tienda");
        assertFalse(engine.canCommit());
        fixture.sql("GRANT INSERT ON lotes_confirmados TO tienda");
        assertTrue(engine.canCommit());
        checkout();
        fixture.sql("REVOKE INSERT ON lotes_confirmados FROM tienda");
        assertTrue(engine.canCommit(), "a batch was committed since the last question");
        assertFalse(engine.canCommit());
        fixture.sql("GRANT INSERT ON lotes_confirmados TO tienda");
    }

    @Test
    void connections_that_died_while_they_lay_in_the_pool_cost_no_buyer_and_no_reader_an_answer() {
        connections.ask();
        for (int buyer = 0; buyer < 3; buyer++) {
            assertInstanceOf(Reserved.class, checkout());
        }
        assertEquals(
                "1",
                shop.read(handle ->
                        handle.createQuery("SELECT 1").mapTo(String.class).one()));

        endConnections();

        assertInstanceOf(Reserved.class, checkout());
        assertEquals(
                "1",
                shop.read(handle ->
                        handle.createQuery("SELECT 1").mapTo(String.class).one()));
        endConnections();
        int answer = shop.inTransaction(
                handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
        assertEquals(1, answer);
    }

    private void endConnections() {
        fixture.text("SELECT string_agg(pg_terminate_backend(pid, 5000)::text, '') FROM pg_stat_activity WHERE "
                + "usename = 'tienda' AND datname = current_database()");
    }

    private ReservationOutcome checkout() {
        var request = new ReserveCart(fixture.buyerWith(product, 1), null, "");
        return ShopFixture.outcomeOf(engine.submit(request));
    }
}
