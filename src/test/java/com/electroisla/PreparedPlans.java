package com.electroisla;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The generic plans of the statements prepared on a connection. */
public final class PreparedPlans {
    private PreparedPlans() {}

    /** The lines of each statement's plan; statements without a plan are left out. */
    public static Map<String, List<String>> of(Handle handle) throws SQLException {
        var types = new TreeMap<String, String>();
        handle.createQuery("SELECT statement, parameter_types::text[]::text AS types FROM pg_prepared_statements "
                        + "WHERE NOT from_sql")
                .map((row, context) -> types.put(
                        row.getString("statement"), row.getString("types").replaceAll("[{}\"]", "")))
                .list();
        var plans = new TreeMap<String, List<String>>();
        for (String statement : types.keySet()) {
            if (statement.matches("(?is)\\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\\b.*")) {
                plans.put(statement, plan(handle, statement, types.get(statement)));
            }
        }
        return plans;
    }

    private static List<String> plan(Handle handle, String statement, String types) throws SQLException {
        List<String> plan = new ArrayList<>();
        try (var asking = handle.getConnection().createStatement()) {
            asking.execute("PREPARE asked" + (types.isEmpty() ? "" : "(" + types + ")") + " AS " + statement);
            String nulls = types.isEmpty() ? "" : "(" + types.replaceAll("[^,]+", "NULL") + ")";
            try (var rows = asking.executeQuery("EXPLAIN EXECUTE asked" + nulls)) {
                while (rows.next()) {
                    plan.add(rows.getString(1));
                }
            }
            asking.execute("DEALLOCATE asked");
        }
        return plan;
    }
}
