package com.electroisla.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The manifest: a backup's description of itself.
 *
 * @param format {@link #FORMAT} of the program that wrote it
 * @param program that program's version
 * @param postgres the server's major version
 * @param moment when its snapshot was taken, by the database's clock, ISO-8601 UTC
 * @param level the number of the last migration; 0 when there is none
 * @param migrations the migrations that this program's record and Django's name,
 *     {@code api.0019_stock_system (django)}
 */
record Manifest(
        @JsonProperty("formato") int format,
        @JsonProperty("programa") String program,
        @JsonProperty("postgres") int postgres,
        @JsonProperty("momento") String moment,
        @JsonProperty("nivel") int level,
        @JsonProperty("migraciones") List<String> migrations,
        @JsonProperty("partes") List<Part> parts,
        @JsonProperty("tablas") List<Rows> tables,
        @JsonProperty("secuencias") List<Sequence> sequences) {

    /** To be raised whenever an older program could no longer read the file. */
    static final int FORMAT = 1;

    /** One part of the file before compression. */
    record Part(
            @JsonProperty("nombre") String name,
            @JsonProperty("sha256") String sha256) {}

    /** @param sum see {@link RowChecksum} */
    record Rows(
            @JsonProperty("nombre") String table,
            @JsonProperty("filas") long rows,
            @JsonProperty("suma") String sum) {}

    /** @param called whether {@code last} was given out already */
    record Sequence(
            @JsonProperty("nombre") String name,
            @JsonProperty("ultimo") long last,
            @JsonProperty("usado") boolean called) {}

    long rows() {
        return tables.stream().mapToLong(Rows::rows).sum();
    }
}
