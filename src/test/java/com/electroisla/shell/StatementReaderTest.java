package com.electroisla.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {
    private final StatementReader reader = new StatementReader();

    private List<String> statements(String typed) {
        List<String> found = new ArrayList<>();
        for (String line : typed.split("\n", -1)) {
            reader.addLine(line);
            for (Optional<String> next = reader.next(); next.isPresent(); next = reader.next()) {
                found.add(next.get());
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';';",
                "SELECT 'it''s;';",
                "SELECT E'\\';';",
                "SELECT \";\" FROM t;",
                "SELECT $$;$$;",
                "SELECT $a$ ; $$ ; $a$;",
                "SELECT 1 -- ; no\n;",
                "SELECT /* ; /* ; */ ; */ 1;",
                "SELECT 1 - 2 / 3 $1;",
                "SELECT '\\';"
            })
    void a_semicolon_ends_a_statement_only_where_sql_says_so(String statement) {
        assertEquals(List.of(statement, "SELECT 2;"), statements(statement + " SELECT 2;"));
        assertFalse(reader.inTheMiddle());
    }

    @Test
    void a_statement_may_take_many_lines_and_a_line_many_statements() {
        assertEquals(
                List.of("SELECT\n1;", "SELECT 2;", "\\dt", "SELECT 3;"),
                statements("SELECT\n1; SELECT 2;\n\\dt\nSELECT 3;"));
    }

    @Test
    void what_is_left_without_a_semicolon_is_a_statement_at_the_end_and_a_comment_is_none() {
        statements("SELECT 1");
        assertTrue(reader.inTheMiddle());
        assertEquals(Optional.of("SELECT 1"), reader.rest());
        statements("-- nada\n/* nada */");
        assertEquals(Optional.empty(), reader.rest());
    }
}
