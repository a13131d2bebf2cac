package com.electroisla.database.takeover;

import com.electroisla.database.takeover.ExpectedSchema.Column;
import com.electroisla.database.takeover.ExpectedSchema.Key;
import com.electroisla.database.takeover.ExpectedSchema.Reference;
import com.electroisla.database.takeover.Finding.Effect;
import com.electroisla.database.takeover.TakeoverSchemaSql.Counted;
import com.electroisla.database.takeover.TakeoverSchemaSql.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Compares a database of the old shop with what this program needs, before the takeover. Changes nothing.
 *
 * <p>A finding stops the takeover if it is a missing table, column, type or key without which one of our statements
 * would fail or mean something else, or a figure that one of our CHECK constraints would refuse. All else is only
 * reported, because an untidy database must not keep an operator from going on.
 */
final class TakeoverCheck {
    private static final Pattern SIZED = Pattern.compile("(character varying|numeric)\\((\\d+)(,\\d+)?\\)");
    private static final Set<String> UNREADABLE = Set.of("tabla_faltante", "columna_faltante", "tipo_distinto");
    private static final Set<String> INTEGERS = Set.of("integer", "bigint");

    private final Handle handle;
    private final int level;
    private final ExpectedSchema expected;
    private final List<Finding> findings = new ArrayList<>();

    private TakeoverCheck(Handle handle, int level) {
        this.handle = handle;
        this.level = level;
        this.expected = ExpectedSchema.at(level);
    }

    /**
     * All findings, those about the structure first.
     *
     * @param level the migration that the database is at, 18 or more
     * @param now the database's time, which decides what is overdue
     */
    static List<Finding> of(Handle handle, int level, Instant now) {
        TakeoverCheck check = new TakeoverCheck(handle, level);
        check.structure();
        // The statements below name every table and column, so without one of them they would fail.
        boolean readable = check.findings.stream().noneMatch(finding -> UNREADABLE.contains(finding.name()));
        if (readable) {
            check.keys();
            check.references();
            check.data(now);
        }
        return List.copyOf(check.findings);
    }

    /** The missing keys that {@link TakeoverMend} may add, because no two rows violate them. */
    static List<Key> missingKeys(Handle handle, int level) {
        return ExpectedSchema.at(level).keys().stream()
                .filter(key -> !TakeoverSchemaSql.hasKey(handle, key)
                        && TakeoverSchemaSql.duplicates(handle, key).rows() == 0)
                .toList();
    }

    /** Tables whose next id is already used. */
    static List<String> tablesWithTakenIds(Handle handle, int level) {
        return ExpectedSchema.at(level).tables().stream()
                .filter(table -> TakeoverSchemaSql.givesTakenIds(handle, table))
                .toList();
    }

    private void structure() {
        List<Found> found = TakeoverSchemaSql.columns(handle, expected.tables());
        Map<String, Found> byPath = new HashMap<>();
        Set<String> tables = new HashSet<>();
        found.forEach(column -> {
            byPath.put(column.path(), column);
            tables.add(column.table());
        });
        List<String> missing = expected.tables().stream()
                .filter(table -> !tables.contains(table))
                .toList();
        named("tabla_faltante", Effect.STOPS, "Faltan tablas de la tienda", missing);
        List<Column> present = expected.columns().stream()
                .filter(column -> tables.contains(column.table()))
                .toList();
        named(
                "columna_faltante",
                Effect.STOPS,
                "Faltan columnas de la tienda",
                paths(present, column -> !column.optional() && !byPath.containsKey(column.path())));

        List<Column> both = present.stream()
                .filter(column -> byPath.containsKey(column.path()))
                .toList();
        Function<Column, Found> there = column -> Objects.requireNonNull(byPath.get(column.path()));
        Predicate<Column> same =
                column -> column.type().equals(there.apply(column).type());
        Predicate<Column> fits =
                column -> fits(column.type(), there.apply(column).type());
        named(
                "tipo_distinto",
                Effect.STOPS,
                "Columnas de un tipo que no vale",
                paths(both, same.negate().and(fits.negate())));
        named(
                "tipo_parecido",
                Effect.REPORTED,
                "Columnas de otro tipo en el que cabe lo mismo",
                paths(both, same.negate().and(fits).and(column -> !column.free())));
        named(
                "id_sin_secuencia",
                Effect.STOPS,
                "Columnas id a las que la base no da valor",
                paths(both, column -> column.numbered() && !there.apply(column).given()));
        named(
                "columna_obligatoria",
                Effect.STOPS,
                "Columnas que aquí pueden estar vacías y allí no, sin valor por omisión",
                paths(
                        both,
                        column -> !column.required()
                                && !column.free()
                                && there.apply(column).required()
                                && !there.apply(column).given()));
        emptyValues(both.stream()
                .filter(column -> column.required() && !there.apply(column).required())
                .toList());

        Set<String> known =
                new HashSet<>(expected.columns().stream().map(Column::path).toList());
        named(
                "columna_ajena",
                Effect.STOPS,
                "Columnas que esta tienda no conoce, obligatorias y sin valor por omisión: nada podría insertarse",
                found.stream()
                        .filter(column -> column.required() && !column.given() && !known.contains(column.path()))
                        .map(Found::path)
                        .toList());
    }

    private void emptyValues(List<Column> nullable) {
        for (Column column : nullable) {
            long rows = TakeoverSchemaSql.nulls(handle, column);
            if (rows > 0) {
                add(
                        "valores_vacios",
                        Effect.STOPS,
                        "Filas sin valor donde ha de haberlo",
                        new Counted(rows, List.of(column.path())));
            }
        }
    }

    /** Whether the found type can hold every value of the expected type, and our statements work with it. */
    private static boolean fits(String expected, String found) {
        if (INTEGERS.contains(expected) && INTEGERS.contains(found)) {
            return true;
        }
        Matcher wanted = SIZED.matcher(expected);
        Matcher has = SIZED.matcher(found);
        if (wanted.matches()
                && wanted.group(1).equals("character varying")
                && Set.of("text", "character varying").contains(found)) {
            return true;
        }
        return wanted.matches()
                && has.matches()
                && wanted.group(1).equals(has.group(1))
                && String.valueOf(wanted.group(3)).equals(String.valueOf(has.group(3)))
                && Integer.parseInt(has.group(2)) >= Integer.parseInt(wanted.group(2));
    }

    private void keys() {
        for (Key key : expected.keys()) {
            if (TakeoverSchemaSql.hasKey(handle, key)) {
                continue;
            }
            Counted duplicates = TakeoverSchemaSql.duplicates(handle, key);
            String missing = "Falta %s en %s".formatted(key.definition(), key.table());
            if (duplicates.rows() == 0) {
                add("clave_faltante", Effect.STOPS_UNTIL_MENDED, missing, duplicates);
                continue;
            }
            switch (key.table() + "(" + key.columns() + ")") {
                case "carts(user_id)" ->
                    add(
                            "carritos_duplicados",
                            Effect.STOPS_UNTIL_MENDED,
                            missing + " y hay usuarios con varios carritos (usuarios); se reparan uniéndolos",
                            duplicates);
                case "cart_items(cart_id, product_id)" ->
                    add(
                            "lineas_duplicadas",
                            Effect.STOPS_UNTIL_MENDED,
                            missing + " y hay productos repetidos en un carrito (carrito/producto); se "
                                    + "reparan sumándolos",
                            duplicates);
                default -> add("filas_duplicadas", Effect.STOPS, missing + " y hay valores repetidos", duplicates);
            }
        }
        List<String> behind = tablesWithTakenIds(handle, level);
        if (!behind.isEmpty()) {
            named(
                    "secuencia_atrasada",
                    Effect.STOPS_UNTIL_MENDED,
                    "Tablas cuya secuencia daría un id que ya está tomado",
                    behind);
        }
    }

    private void references() {
        for (Reference reference : expected.references()) {
            if (!TakeoverSchemaSql.hasReference(handle, reference)) {
                Counted orphans = TakeoverSchemaSql.orphans(handle, reference);
                String missing = "Falta la clave foránea de %s.%s a %s"
                        .formatted(reference.table(), reference.column(), reference.target());
                add(
                        orphans.rows() == 0 ? "clave_foranea_faltante" : "filas_huerfanas",
                        Effect.REPORTED,
                        orphans.rows() == 0 ? missing : missing + " y hay filas cuyo destino no existe",
                        orphans);
            }
        }
    }

    private void data(Instant now) {
        Map<DataRule, Counted> figures = level == DjangoLevel.STOCK ? TakeoverDataSql.figures(handle) : Map.of();
        for (DataRule rule : DataRule.values()) {
            if (!rule.appliesAt(level)) {
                continue;
            }
            Counted counted = TakeoverDataSql.isAboutFigures(rule)
                    ? figures.getOrDefault(rule, new Counted(0, List.of()))
                    : TakeoverDataSql.count(handle, rule, now);
            if (counted.rows() > 0) {
                add(rule.finding, rule.effect, rule.sentence, counted);
            }
        }
    }

    private static List<String> paths(List<Column> columns, Predicate<Column> which) {
        return columns.stream().filter(which).map(Column::path).toList();
    }

    private void named(String name, Effect effect, String sentence, List<String> things) {
        if (!things.isEmpty()) {
            add(name, effect, sentence, new Counted(things.size(), things.subList(0, Math.min(5, things.size()))));
        }
    }

    private void add(String name, Effect effect, String sentence, Counted counted) {
        findings.add(new Finding(name, sentence, counted.rows(), counted.examples(), effect));
    }
}
