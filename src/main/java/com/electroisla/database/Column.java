package com.electroisla.database;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * One column of many rows, as an array parameter of a set-based statement. The arrays are typed, because the driver
 * sends those in binary, which both sides read faster than text; a value may be null.
 */
public final class Column {
    private Column() {}

    public static <T> Argument longs(Collection<T> rows, Function<T, ? extends @Nullable Long> value) {
        return of(rows, value, Long[]::new);
    }

    public static Argument longs(Collection<Long> values) {
        return longs(values, Function.identity());
    }

    public static <T> Argument ints(Collection<T> rows, Function<T, ? extends @Nullable Integer> value) {
        return of(rows, value, Integer[]::new);
    }

    public static Argument ints(Collection<Integer> values) {
        return ints(values, Function.identity());
    }

    public static <T> Argument strings(Collection<T> rows, Function<T, ? extends @Nullable String> value) {
        return of(rows, value, String[]::new);
    }

    public static Argument strings(Collection<String> values) {
        return strings(values, Function.identity());
    }

    public static <T> Argument booleans(Collection<T> rows, Function<T, Boolean> value) {
        return of(rows, value, Boolean[]::new);
    }

    public static <T> Argument numerics(Collection<T> rows, Function<T, ? extends @Nullable BigDecimal> value) {
        BigDecimal[] column = rows.stream().map(value).toArray(BigDecimal[]::new);
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf("numeric", column));
    }

    /** Gives a parameter its value, which may be a column. */
    static void bind(SqlStatement<?> statement, String name, Object value) {
        if (value instanceof Argument column) {
            statement.bind(name, column);
        } else {
            statement.bind(name, value);
        }
    }

    private static <T, V> Argument of(
            Collection<T> rows, Function<T, ? extends @Nullable V> value, IntFunction<V[]> array) {
        V[] column = rows.stream().map(value).toArray(array);
        return (position, statement, context) -> statement.setObject(position, column);
    }
}
