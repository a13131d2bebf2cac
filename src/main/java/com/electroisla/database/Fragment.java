package com.electroisla.database;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * A piece of a statement with the values of its parameters: mostly a condition that a list's page, count and file
 * share. A condition is inserted or left out whole (never {@code :x IS NULL OR ...}), so that each list has the plan
 * for its own conditions. The text consists of the program's constants; a user's text is a value, never part of it.
 * Immutable.
 */
public record Fragment(String sql, Map<String, Object> values) {
    /** The condition that every row meets. */
    public static final Fragment ALL = of("true");

    public Fragment {
        values = Map.copyOf(values);
    }

    public static Fragment of(String sql) {
        return new Fragment(sql, Map.of());
    }

    /**
     * The same with a parameter's value, which may be a {@link Column}; an equal value may be given again under the
     * same name.
     */
    public Fragment with(String name, Object value) {
        return new Fragment(sql, merged(values, Map.of(name, value)));
    }

    /** Both conditions; one with an OR is in parentheses, and {@link #ALL} is left out. */
    public Fragment and(Fragment condition) {
        if (equals(ALL) || condition.equals(ALL)) {
            return equals(ALL) ? condition : this;
        }
        return new Fragment(sql + " AND " + condition.sql, merged(values, condition.values));
    }

    /** Both conditions; the parameters of the second are given by {@link #with}. */
    public Fragment and(String condition) {
        return and(of(condition));
    }

    /** The same with text around it. */
    public Fragment inside(String before, String after) {
        return new Fragment(before + sql + after, values);
    }

    /** The fragments, one after the other. */
    public static Fragment joined(String between, List<Fragment> fragments) {
        return new Fragment(
                fragments.stream().map(Fragment::sql).collect(Collectors.joining(between)),
                fragments.stream().map(Fragment::values).reduce(Map.of(), Fragment::merged));
    }

    /** Puts this condition and its values into the statement, at {@code <condition>}. */
    public <S extends SqlStatement<S>> S in(S statement) {
        return in(statement, "condition");
    }

    /** @param place its name in the statement: {@code <place>} */
    public <S extends SqlStatement<S>> S in(S statement, String place) {
        values.forEach((name, value) -> Column.bind(statement, name, value));
        return statement.define(place, sql);
    }

    private static Map<String, Object> merged(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> all = new TreeMap<>(some);
        more.forEach((name, value) -> {
            Object before = all.put(name, value);
            if (before != null && !before.equals(value)) {
                throw new IllegalArgumentException("two values for " + name);
            }
        });
        return all;
    }
}
