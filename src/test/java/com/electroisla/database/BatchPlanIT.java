package com.electroisla.database;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan is made once and kept: it must not read whole tables because they were small on the day it was made. */
class BatchPlanIT {
    private static final JdbcTarget SHOP = MigratedDatabase.create();

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT id FROM carts WHERE user_id = ANY($1)",
        "SELECT id FROM stock_reservations WHERE id = ANY($1)",
        "UPDATE productos p SET stock_reservado = 0 FROM unnest($1) AS v(id) WHERE p.id = v.id",
        "SELECT r.id FROM unnest($1) AS u(id) CROSS JOIN LATERAL (SELECT id FROM stock_reservations WHERE usuario_id = u.id AND status = 'pending' OFFSET 0) r"})
    void a_batch_finds_its_rows_by_key_even_where_the_tables_were_empty(String statement) {
        try (Database batches = new Database(SHOP, 1, Database.Purpose.BATCHES)) {
            List<String> plan = batches.read(handle -> {
                List<String> steps = new ArrayList<>();
                handle.execute("PREPARE asked(int[]) AS " + statement);
                for (int time = 1; time <= 7; time++) {
                    steps.addAll(handle.createQuery("EXPLAIN EXECUTE asked(ARRAY[1, 2, 3])").mapTo(String.class).list());
                }
                handle.execute("DEALLOCATE asked");
                return steps;
            });
            assertTrue(plan.stream().noneMatch(step -> step.contains("Seq Scan") || step.contains("Hash") || step.contains("Merge")), plan::toString);
            assertTrue(plan.stream().filter(step -> step.contains("Index Cond")).count() >= 7, plan::toString);
        }
    }
}
