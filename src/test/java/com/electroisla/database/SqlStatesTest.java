package com.electroisla.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatesTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "08003", "57P01", "57P02", "57P03", "53100", "58030", "XX000", "XX001"})
    void a_commit_during_which_the_link_or_the_server_broke_may_have_taken_effect(String state) {
        assertTrue(SqlStates.mayHaveCommitted(new IllegalStateException(new SQLException("broken", state))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23503", "23514", "40001", "40P01", "25P02", "57014"})
    void a_commit_that_the_server_refused_took_no_effect(String state) {
        assertFalse(SqlStates.mayHaveCommitted(new IllegalStateException(new SQLException("refused", state))));
    }
}
