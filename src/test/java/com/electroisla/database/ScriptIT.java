package com.electroisla.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptIT {
    private final JdbcTarget target = TestPostgres.newDatabase();
    private final Database database = new Database(target, 2);
    private final List<Object> read = new ArrayList<>();

    @AfterEach
    void drop() {
        database.close();
        TestPostgres.discard(target);
    }

    @Test
    void each_reader_reads_the_rows_of_its_statement_whatever_stands_between_them() {
        var later = new Script().add("SELECT n FROM unnest(:numbers) AS n ORDER BY n", row -> read.add(row.getInt(1)));
        database.useTransaction(handle -> new Script()
                .add("CREATE TABLE cosas (nombre text)")
                .add("SELECT nombre FROM cosas", row -> read.add("too early"))
                .add("INSERT INTO cosas VALUES (:name), (:name)")
                .add("SELECT nombre FROM cosas", row -> read.add(row.getString(1)))
                .add("SET LOCAL lock_timeout TO '50ms'")
                .bind("name", "uno")
                .add(later)
                .bind("numbers", Column.ints(List.of(3, 1)))
                .run(handle));
        assertEquals(List.of("uno", "uno", 1, 3), read);
    }

    @Test
    void the_statements_go_as_one_and_an_empty_script_not_at_all() {
        long before = database.statementsBegun();
        database.useTransaction(handle -> {
            new Script().run(handle);
            new Script()
                    .add("CREATE TABLE cosas (n int)")
                    .add("INSERT INTO cosas VALUES (1)")
                    .runAndCommit(handle);
        });
        assertEquals(1, database.statementsBegun() - before);
        database.useTransaction(handle -> new Script()
                .add("SELECT n FROM cosas", row -> read.add(row.getInt(1)))
                .run(handle));
        assertEquals(List.of(1), read);
    }

    @Test
    void a_statement_that_is_refused_takes_back_those_before_it_and_is_never_committed() {
        var failure = assertThrows(
                JdbiException.class,
                () -> database.useTransaction(handle -> new Script()
                        .add("CREATE TABLE cosas (n int)")
                        .add("INSERT INTO cosas VALUES (1 / 0)")
                        .runAndCommit(handle)));
        assertEquals("22012", SqlStates.sqlState(failure).orElseThrow());
        database.useTransaction(handle -> new Script()
                .add("SELECT to_regclass('cosas') IS NULL", row -> read.add(row.getBoolean(1)))
                .run(handle));
        assertEquals(List.of(true), read);
    }

    @Test
    void a_reader_without_rows_is_a_fault_and_so_are_two_values_of_one_name() {
        database.useTransaction(handle -> {
            var script = new Script()
                    .add("SELECT 1", row -> read.add(row.getInt(1)))
                    .add("SET LOCAL lock_timeout TO '50ms'", read::add);
            assertThrows(IllegalStateException.class, () -> script.run(handle));
        });
        var script = new Script().add("SELECT :n").bind("n", 1).bind("n", 1);
        assertThrows(IllegalArgumentException.class, () -> script.bind("n", 2));
    }
}
