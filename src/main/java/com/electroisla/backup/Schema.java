package com.electroisla.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A schema as the statements that make it again in whichever schema comes first in the search path. Two schemas are
 * alike when these are equal.
 *
 * @param before statements to run before the rows: types, sequences, functions, tables
 * @param tables the tables with rows to keep, by name
 * @param after statements to run after the rows: constraints, indexes, views, triggers, comments
 * @param grants rights given to others than the owner
 * @param extensions {@code CREATE EXTENSION} for each extension besides PostgreSQL's own
 */
record Schema(
        @JsonProperty("antes") List<String> before,
        @JsonProperty("tablas") List<Table> tables,
        @JsonProperty("despues") List<String> after,
        @JsonProperty("permisos") List<Grant> grants,
        @JsonProperty("extensiones") List<String> extensions) {

    private static final Pattern CAST_OR_BRACKET =
            Pattern.compile("::(character varying|double precision|\\w+)(\\[\\])?|[()]");

    /**
     * @param columns the columns that COPY takes, quoted where SQL wants it and separated by commas, without generated
     *     ones
     */
    record Table(
            @JsonProperty("nombre") String name,
            @JsonProperty("columnas") String columns) {}

    /** @param role the role that gets the right; empty for everybody */
    record Grant(
            @JsonProperty("rol") String role,
            @JsonProperty("orden") String statement) {}

    /**
     * Whether both schemas make the same tables, constraints, functions and so on; rights do not count. Neither do
     * casts and brackets: PostgreSQL writes {@code (ARRAY['a'::varchar])::text[]} back as
     * {@code ARRAY['a'::varchar::text]} once it has parsed its own text.
     */
    boolean isLike(Schema other) {
        return differences(other).isEmpty() && other.differences(this).isEmpty() && tables.equals(other.tables);
    }

    /** The statements of this schema that the other one lacks. */
    List<String> differences(Schema other) {
        Set<String> there = new HashSet<>();
        other.before.forEach(statement -> there.add(bare(statement)));
        other.after.forEach(statement -> there.add(bare(statement)));
        return Stream.concat(before.stream(), after.stream())
                .filter(statement -> !there.contains(bare(statement)))
                .toList();
    }

    private static String bare(String statement) {
        return CAST_OR_BRACKET.matcher(statement).replaceAll("");
    }
}
