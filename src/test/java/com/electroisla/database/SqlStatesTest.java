package com.electroisla.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
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

    @Test
    void what_took_too_long_here_is_no_outage_of_the_database() {
        SQLException silent =
                new SQLException("An I/O error occurred", "08006", new SocketTimeoutException("Read timed out"));
        assertTrue(SqlStates.tookTooLong(new IllegalStateException(silent)));
        assertTrue(SqlStates.tookTooLong(
                new IllegalStateException(new SQLException("canceling statement due to statement timeout", "57014"))));
        assertTrue(SqlStates.isPoolTimeout(new IllegalStateException(new SQLException("Sorry, acquisition timeout!"))));
        assertFalse(SqlStates.tookTooLong(
                new SQLException("cannot connect", "08001", new SocketTimeoutException("Connect timed out"))));
        assertFalse(SqlStates.tookTooLong(new SQLException("broken", "08006")));
        assertFalse(SqlStates.isPoolTimeout(new IllegalStateException("no failure of a database's")));
    }
}
