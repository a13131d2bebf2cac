package com.electroisla.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.PreparedPlans;
import com.electroisla.ShopFixture;
import com.electroisla.database.Database;
import com.electroisla.http.QueryParameters;
import com.electroisla.settings.Settings;
import com.electroisla.wiring.Shop;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of letters in a shop that has written many: no question reads all of them. */
class MailPlanIT {
    private static final int LETTERS = 25_000;
    private static final int TIMES = 3;

    private final ShopFixture given = new ShopFixture();
    /** One connection, so that statements prepared on it are found on it. */
    private final Database database = new Database(given.target, 1);

    private Shop instance;
    private MailList list;

    @BeforeEach
    void many_letters() {
        given.sql("""
                INSERT INTO correos (clave, tipo, para, idioma, valores, estado, created_at, caduca_at, siguiente_at)
                SELECT 'k' || n, 'cuenta_existente', 'persona' || n % 5000 || '@example.com', 'es', '{"nombre": "Ana"}',
                       CASE WHEN n = 7 THEN 'fallido' ELSE 'enviado' END, now(), now(), now()
                  FROM generate_series(1, ?) n""", LETTERS);
        given.sql("ANALYZE correos");
        Settings settings = given.shop.settings();
        instance = Shop.open(settings, database, given.clock);
        list = new MailList(instance.mailbox());
    }

    @AfterEach
    void close() {
        instance.close();
        database.close();
        given.close();
    }

    private MailsView page(String query) {
        return list.page(QueryParameters.parse(query));
    }

    @Test
    void no_search_reads_the_whole_table_whatever_it_asks_for() throws SQLException {
        database.<Void, RuntimeException>read(handle -> {
            handle.execute("SET plan_cache_mode = force_generic_plan");
            return null;
        });
        for (int i = 0; i < TIMES; i++) {
            assertEquals(50, page("").rows().size());
            assertEquals(5, page("q=Persona17@example.com").rows().size());
            assertEquals(2, page("q=persona17@").rows().size());
            assertEquals(0, page("q=nadie").rows().size());
            assertEquals(0, page("estado=fallido").rows().size());
            assertEquals(0, page("q=nadie@example.com&estado=fallido").rows().size());
        }
        Map<String, List<String>> plans =
                new TreeMap<>(database.<Map<String, List<String>>, SQLException>read(PreparedPlans::of));
        plans.keySet().removeIf(statement -> !statement.contains("FROM correos"));
        assertTrue(plans.size() >= 6, plans.keySet()::toString);
        assertTrue(
                plans.entrySet().stream()
                        .filter(each -> each.getKey().contains("lower(para)"))
                        .allMatch(each -> each.getValue().toString().contains("correos_para")),
                plans::toString);
        plans.values().removeIf(plan -> plan.stream().noneMatch(line -> line.contains("Seq Scan")));
        assertEquals(Map.of(), plans);
    }

    @Test
    void a_part_of_an_address_is_looked_for_among_ten_thousand_and_the_page_leads_further_back() {
        MailsView first = page("estado=fallido");
        assertNull(first.next());
        int pages = 1;
        MailsView last = first;
        while (last.older() != null) {
            assertEquals(0, last.rows().size());
            last = page(last.older().replaceFirst(".*[?]", ""));
            pages++;
        }
        assertEquals(3, pages);
        assertEquals(1, last.rows().size());
        assertNotNull(first.older());
        assertFalse(page("").older() != null, "without a question there is nothing to look for");
    }
}
