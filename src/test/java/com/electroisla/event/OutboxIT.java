package com.electroisla.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import com.electroisla.wiring.Shop;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events between the transactions that write them and the listeners that hear them. */
class OutboxIT {
    private final ShopFixture fixture = new ShopFixture();
    private final Outbox outbox = new Outbox(EnumSet.allOf(EventKind.class));

    /** Writes a row for each event that it hears, and does what a test has it do before. */
    private final class Notes implements Listener {
        private volatile Consumer<StoredEvent> before = event -> {};

        @Override
        public Set<EventKind> kinds() {
            return EnumSet.allOf(EventKind.class);
        }

        @Override
        public void hear(Handle handle, List<StoredEvent> events, Instant now) {
            for (StoredEvent event : events) {
                before.accept(event);
                handle.execute("INSERT INTO oidos (sujeto, evento) VALUES (?, ?)", event.subject(), event.id());
            }
        }
    }

    private final Notes notes = new Notes();

    @BeforeEach
    void a_place_for_notes() {
        fixture.sql("CREATE TABLE oidos (id serial, sujeto text, evento bigint)");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private DistributeEvents server() {
        return server(fixture.shop);
    }

    private DistributeEvents server(Shop instance) {
        return new DistributeEvents(instance.database(), fixture.clock, List.of(notes));
    }

    private void write(long order) {
        fixture.shop.database().useTransaction(handle -> outbox.write(handle, moved(order), fixture.clock.now(handle)));
    }

    private static Event moved(long order) {
        return Event.ofOrder(EventKind.ORDER_MOVED, order, Map.of("pedido", order));
    }

    private List<String> heard() {
        return fixture.texts("SELECT sujeto || ' ' || evento FROM oidos ORDER BY id");
    }

    @Test
    void a_kind_that_nobody_listens_to_is_not_written() {
        var deaf = new Outbox(Set.of(EventKind.ORDER_PLACED));
        long before = fixture.shop.database().statementsBegun();
        fixture.shop.database().useTransaction(handle -> deaf.write(handle, moved(1), Instant.EPOCH));
        assertEquals(before, fixture.shop.database().statementsBegun());
        assertEquals(0, fixture.number("SELECT count(*) FROM eventos"));
    }

    @Test
    void an_event_exists_if_and_only_if_its_transaction_was_committed() {
        assertThrows(
                IllegalStateException.class,
                () -> fixture.shop.database().useTransaction(handle -> {
                    outbox.write(handle, moved(1), Instant.EPOCH);
                    throw new IllegalStateException("the change fails");
                }));
        write(2);
        assertEquals(1, server().run());
        assertEquals(List.of("pedido/2"), fixture.texts("SELECT sujeto FROM oidos"));
        assertEquals(0, server().run());
    }

    @Test
    void an_event_whose_transaction_commits_late_is_not_passed_over() throws Exception {
        try (Connection slow = fixture.target.connect(Map.of())) {
            slow.setAutoCommit(false);
            slow.createStatement()
                    .execute("INSERT INTO eventos (tipo, sujeto, datos, ocurrido_at) VALUES ('pedido.estado', "
                            + "'pedido/1', '{}', now())");
            write(2);
            assertEquals(1, server().run());
            slow.commit();
        }
        assertEquals(1, server().run());
        assertEquals(List.of("pedido/2 2", "pedido/1 1"), heard());
    }

    @Test
    void two_servers_hear_the_events_of_one_subject_in_their_order_and_each_once() throws Exception {
        write(1);
        var hearing = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        notes.before = event -> {
            if (event.id() == 1) {
                hearing.countDown();
                Eventually.until(() -> goOn.getCount() == 0);
            }
        };
        var first = new FutureTask<>(server()::run);
        Thread.ofVirtual().start(first);
        Eventually.until(() -> hearing.getCount() == 0);
        write(1);
        write(2);

        Shop other = fixture.openInstance();
        assertEquals(1, server(other).run(), "the later event of the same order waits for the first");
        goOn.countDown();
        first.get();
        server(other).run();
        assertEquals(Set.of("pedido/2 3", "pedido/1 1", "pedido/1 2"), Set.copyOf(heard()));
        assertEquals(
                List.of("1", "2"), fixture.texts("SELECT evento FROM oidos WHERE sujeto = 'pedido/1' ORDER BY id"));
        assertEquals(3, fixture.number("SELECT count(*) FROM oidos"));
    }

    @Test
    void an_event_that_a_listener_cannot_take_waits_with_the_later_ones_of_its_subject_and_no_others() {
        write(1);
        write(2);
        write(1);
        notes.before = event -> {
            if (event.id() == 1) {
                throw new IllegalStateException("cannot take it");
            }
        };
        assertEquals(1, server().run());
        assertEquals(List.of("pedido/2 2"), heard());
        notes.before = event -> {};
        assertEquals(0, server().run(), "it is put off");
        fixture.clock.advance(Duration.ofMinutes(1));
        assertEquals(2, server().run());
        assertEquals(List.of("pedido/2 2", "pedido/1 1", "pedido/1 3"), heard());
    }

    @Test
    void a_server_that_dies_while_it_hears_leaves_the_event_to_the_next_and_none_is_heard_twice() {
        for (int i = 1; i <= 5; i++) {
            write(i);
        }
        // The connection ends in the middle of the transaction, as it does when the process is killed.
        notes.before = event -> {
            if (event.id() == 3) {
                fixture.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                        + "current_database() AND state = 'idle in transaction'");
                notes.before = ignored -> {};
            }
        };
        List<Integer> heard = new ArrayList<>();
        try {
            heard.add(server().run());
        } catch (RuntimeException died) {
            assertTrue(fixture.number("SELECT count(*) FROM oidos") <= 5);
        }
        fixture.clock.advance(Duration.ofMinutes(1));
        server(fixture.openInstance()).run();
        assertEquals(List.of("1", "2", "3", "4", "5"), fixture.texts("SELECT evento FROM oidos ORDER BY evento"));
    }

    @Test
    void delivered_events_are_deleted_after_a_week_and_others_never() {
        write(1);
        server().run();
        write(2);
        fixture.clock.advance(Duration.ofDays(8));
        fixture.shop
                .database()
                .useTransaction(handle -> DistributeEvents.deleteOld(handle, fixture.clock.now(handle), 100));
        assertEquals(List.of("pedido/2"), fixture.texts("SELECT sujeto FROM eventos"));
    }
}
