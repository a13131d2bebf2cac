package com.electroisla.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FragmentTest {
    private static final Fragment OF_A_USER = Fragment.of("usuario_id = :user").with("user", 7);

    @Test
    void both_conditions_stand_in_the_text_and_keep_their_values() {
        Fragment both = OF_A_USER.and("estado = :state").with("state", "pagado");
        assertEquals("usuario_id = :user AND estado = :state", both.sql());
        assertEquals(Map.of("user", 7, "state", "pagado"), both.values());
        assertEquals(both, Fragment.ALL.and(both).and(Fragment.ALL));
    }

    @Test
    void a_condition_that_is_used_twice_stays_as_it_was() {
        OF_A_USER.and("activo").with("other", 1);
        assertEquals("usuario_id = :user", OF_A_USER.sql());
        assertEquals(Map.of("user", 7), OF_A_USER.values());
    }

    @Test
    void joined_fragments_share_a_parameter_but_never_give_it_two_values() {
        Fragment same = OF_A_USER.and("activo").inside("SELECT id FROM b WHERE ", "");
        Fragment found = Fragment.joined(" UNION ", List.of(OF_A_USER.inside("SELECT id FROM a WHERE ", ""), same));
        assertEquals(
                "SELECT id FROM a WHERE usuario_id = :user"
                        + " UNION SELECT id FROM b WHERE usuario_id = :user AND activo",
                found.sql());
        assertEquals(Map.of("user", 7), found.values());
        assertThrows(IllegalArgumentException.class, () -> found.with("user", 8));
    }
}
