package com.electroisla.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresentAccountsTest {
    private static final Caller CALLER = new Caller(7, "ana", Role.CLIENTE, "familia", Instant.MAX);

    private final AtomicInteger asked = new AtomicInteger();
    private @Nullable Account row = account("ana", Role.CLIENTE, true);
    private boolean hears = true;
    private Runnable whileAsking = () -> {};
    private final PresentAccounts present = new PresentAccounts(this::ask, () -> hears);

    @BeforeEach
    void the_database_tells_of_changes() {
        present.connected(true);
    }

    private Optional<Account> ask(int id) {
        assertEquals(CALLER.userId(), id);
        asked.incrementAndGet();
        Optional<Account> seen = Optional.ofNullable(row);
        whileAsking.run();
        return seen;
    }

    private static Account account(String username, Role role, boolean active) {
        return new Account(CALLER.userId(), username, "", role, active, "!");
    }

    private String lately() {
        return present.lately(CALLER)
                .map(caller -> caller.username() + " " + caller.role().text())
                .orElse("nadie");
    }

    private void andThenAsked(String seen, int times) {
        assertEquals(seen, lately());
        assertEquals(times, asked.get());
    }

    @Test
    void a_buyer_who_reads_again_is_not_asked_about_again() {
        andThenAsked("ana cliente", 1);
        andThenAsked("ana cliente", 1);
    }

    @Test
    void who_changes_something_is_asked_about_each_time() {
        lately();
        row = null;
        assertEquals(Optional.empty(), present.now(CALLER));
        assertEquals(2, asked.get());
    }

    @Test
    void a_change_that_was_heard_counts_with_the_next_reading() {
        lately();
        row = account("ana", Role.CLIENTE, false);
        present.changed(CALLER.userId());
        andThenAsked("nadie", 2);
        row = account("anabel", Role.CLIENTE, true);
        andThenAsked("anabel cliente", 3);
    }

    @Test
    void a_change_that_overtakes_a_reading_is_not_forgotten() {
        whileAsking = () -> {
            row = null;
            present.changed(CALLER.userId());
        };
        andThenAsked("ana cliente", 1);
        whileAsking = () -> {};
        andThenAsked("nadie", 2);
    }

    @Test
    void while_nothing_is_heard_nothing_remembered_counts_and_after_a_new_connection_neither() {
        lately();
        hears = false;
        row = null;
        andThenAsked("nadie", 2);

        row = account("ana", Role.CLIENTE, true);
        hears = true;
        lately();
        row = null;
        present.connected(true);
        assertEquals("nadie", lately());
    }

    @Test
    void where_no_trigger_tells_of_changes_nothing_is_remembered() {
        present.connected(false);
        andThenAsked("ana cliente", 1);
        andThenAsked("ana cliente", 2);
    }

    @Test
    void who_may_see_what_others_have_is_asked_about_each_time() {
        row = account("ana", Role.TRABAJADOR, true);
        andThenAsked("ana trabajador", 1);
        row = account("ana", Role.CLIENTE, true);
        andThenAsked("ana cliente", 2);
    }
}
