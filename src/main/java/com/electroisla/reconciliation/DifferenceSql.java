package com.electroisla.reconciliation;

import com.electroisla.database.Rows;
import com.electroisla.reconciliation.StoredDifference.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The differences that were found, and the products that they close. The caller has locked the products. */
final class DifferenceSql {
    private static final String COLUMNS = """
            SELECT d.id, d.aspecto, d.sujeto, d.producto_id, COALESCE(p.nombre, '') AS producto, d.cifra, d.esperado,
                   d.bien_hasta, d.mal_desde, d.encontrada_at, d.situacion, d.terminada_at, u.username AS terminada_por,
                   d.motivo
              FROM diferencias d
              LEFT JOIN productos p ON p.id = d.producto_id
              LEFT JOIN auth_user u ON u.id = d.terminada_por
            """;

    private DifferenceSql() {}

    /** Whether the database has our tables: a report may run on one of an earlier level. */
    static boolean isThere(Handle handle) {
        return handle.createQuery("SELECT to_regclass('diferencias') IS NOT NULL")
                .mapTo(boolean.class)
                .one();
    }

    /**
     * Writes a difference that is not open yet, and is not one that somebody accepted: the last accepted one of the
     * same kind had the same distance between figure and rows.
     *
     * @return its id; empty when there was nothing to write
     */
    static Optional<Long> open(
            Handle handle, Suspicion finding, @Nullable Instant wellUntil, Instant wrongSince, Instant now) {
        return handle.createQuery("""
                        INSERT INTO diferencias (aspecto, sujeto, producto_id, cifra, esperado, bien_hasta, mal_desde,
                            encontrada_at)
                        SELECT :aspect, :subject, :product, :figure, :expected, CAST(:well AS timestamptz), :wrong, :now
                         WHERE (SELECT a.cifra - a.esperado FROM diferencias a
                                 WHERE a.sujeto = :subject AND a.aspecto = :aspect AND a.situacion = 'aceptada'
                                 ORDER BY a.id DESC LIMIT 1) IS DISTINCT FROM :figure - :expected
                        ON CONFLICT (sujeto, aspecto) WHERE situacion = 'abierta' DO NOTHING
                        RETURNING id
                        """)
                .bind("aspect", finding.aspect().word())
                .bind("subject", finding.subject())
                .bind("product", finding.productId())
                .bind("figure", finding.figure())
                .bind("expected", finding.expected())
                .bind("well", wellUntil == null ? null : Rows.timestamp(wellUntil))
                .bind("wrong", Rows.timestamp(wrongSince))
                .bind("now", Rows.timestamp(now))
                .mapTo(Long.class)
                .findOne();
    }

    static void close(Handle handle, long product, Instant now) {
        handle.createUpdate("UPDATE productos SET cerrado_desde = :now WHERE id = :id AND cerrado_desde IS NULL")
                .bind("now", Rows.timestamp(now))
                .bind("id", product)
                .execute();
    }

    /** Opens products again that have no open difference any more, and returns those that were closed. */
    static List<Long> reopen(Handle handle, Collection<Long> products) {
        return handle.createQuery("""
                        UPDATE productos p SET cerrado_desde = NULL
                         WHERE p.id = ANY(:ids) AND p.cerrado_desde IS NOT NULL
                           AND NOT EXISTS (SELECT FROM diferencias d
                                            WHERE d.producto_id = p.id AND d.situacion = 'abierta')
                        RETURNING p.id
                        """)
                .bindArray("ids", Long.class, products.toArray())
                .mapTo(Long.class)
                .list();
    }

    /** Ends the open differences with these ids. */
    static void end(
            Handle handle, Collection<Long> ids, State state, @Nullable Integer by, String reason, Instant now) {
        handle.createUpdate("""
                        UPDATE diferencias
                           SET situacion = :state, terminada_at = :now, terminada_por = :by, motivo = :reason
                         WHERE id = ANY(:ids) AND situacion = 'abierta'
                        """)
                .bind("state", state.word())
                .bind("now", Rows.timestamp(now))
                .bind("by", by)
                .bind("reason", reason)
                .bindArray("ids", Long.class, ids.toArray())
                .execute();
    }

    /**
     * Ends the differences of these subjects in these aspects, accepted ones included: what was accepted once is there
     * no more, and is told of again if it comes back.
     */
    static void mended(Handle handle, Collection<String> subjects, Collection<Aspect> aspects, Instant now) {
        handle.createUpdate("""
                        UPDATE diferencias SET situacion = 'reparada', terminada_at = :now
                         WHERE sujeto = ANY(:subjects) AND aspecto = ANY(:aspects)
                           AND situacion IN ('abierta', 'aceptada')
                        """)
                .bind("now", Rows.timestamp(now))
                .bindArray("subjects", String.class, subjects.toArray())
                .bindArray(
                        "aspects",
                        String.class,
                        aspects.stream().map(Aspect::word).toArray())
                .execute();
    }

    /** Notes who ended a difference. */
    static void sign(Handle handle, long id, int user) {
        handle.createUpdate("UPDATE diferencias SET terminada_por = :user WHERE id = :id")
                .bind("user", user)
                .bind("id", id)
                .execute();
    }

    static boolean isClosed(Handle handle, long product) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM productos WHERE id = :id AND cerrado_desde IS NOT NULL)")
                .bind("id", product)
                .mapTo(boolean.class)
                .one();
    }

    /** The same difference, if it is open. */
    static Optional<StoredDifference> openLike(Handle handle, Suspicion finding) {
        return handle.createQuery(
                        COLUMNS + "WHERE d.sujeto = :subject AND d.aspecto = :aspect AND d.situacion = 'abierta'")
                .bind("subject", finding.subject())
                .bind("aspect", finding.aspect().word())
                .map(DifferenceSql::difference)
                .findOne();
    }

    /** The difference as it is now, locked after its product. */
    static Optional<StoredDifference> lock(Handle handle, long id) {
        return handle.createQuery(COLUMNS + "WHERE d.id = :id FOR UPDATE OF d")
                .bind("id", id)
                .map(DifferenceSql::difference)
                .findOne();
    }

    /** Every open difference. */
    static List<StoredDifference> allOpen(Handle handle, int most) {
        return handle.createQuery(COLUMNS + "WHERE d.situacion = 'abierta' ORDER BY d.id LIMIT :most")
                .bind("most", most)
                .map(DifferenceSql::difference)
                .list();
    }

    static int countOpen(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM diferencias WHERE situacion = 'abierta'")
                .mapTo(int.class)
                .one();
    }

    static Optional<StoredDifference> find(Handle handle, long id) {
        return handle.createQuery(COLUMNS + "WHERE d.id = :id")
                .bind("id", id)
                .map(DifferenceSql::difference)
                .findOne();
    }

    /** The newest before this id, the open ones or all that have ended. */
    static List<StoredDifference> page(Handle handle, boolean open, long before, int most) {
        return handle.createQuery(COLUMNS + """
                        WHERE d.id < :before AND (d.situacion = 'abierta') = :open ORDER BY d.id DESC LIMIT :most
                        """)
                .bind("before", before)
                .bind("open", open)
                .bind("most", most)
                .map(DifferenceSql::difference)
                .list();
    }

    /** The closed products, with their names. */
    static Map<Long, String> closed(Handle handle, int most) {
        return handle.createQuery(
                        "SELECT id, nombre FROM productos WHERE cerrado_desde IS NOT NULL ORDER BY id LIMIT :most")
                .bind("most", most)
                .setMapKeyColumn("id")
                .setMapValueColumn("nombre")
                .collectInto(new GenericType<>() {});
    }

    private static StoredDifference difference(ResultSet row, StatementContext context) throws SQLException {
        long product = row.getLong("producto_id");
        boolean without = row.wasNull();
        return new StoredDifference(
                row.getLong("id"),
                Aspect.of(row.getString("aspecto")),
                row.getString("sujeto"),
                without ? null : (Long) product,
                row.getString("producto"),
                row.getBigDecimal("cifra"),
                row.getBigDecimal("esperado"),
                Rows.nullableInstant(row, "bien_hasta"),
                Rows.instant(row, "mal_desde"),
                Rows.instant(row, "encontrada_at"),
                State.of(row.getString("situacion")),
                Rows.nullableInstant(row, "terminada_at"),
                row.getString("terminada_por"),
                row.getString("motivo"));
    }
}
