package com.electroisla.database.takeover;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The history of a database before this program: whether rows and figures may come from another program. Changes
 * nothing.
 */
public final class TakenOverSql {
    /** The rows of {@link #inherited} for a database without such a history. */
    private static final String NOTHING =
            "SELECT NULL::bigint AS producto_id, NULL::text AS clase, NULL::bigint AS diferencia WHERE false";

    private TakenOverSql() {}

    /** The program that keeps the figures of a database, and the one before it. */
    public enum Whose {
        /** The database has nothing of Django's. */
        NEVER_DJANGOS,
        /** Django made the database, and this program keeps it now. */
        TAKEN_OVER,
        /** Django made the database and keeps it: this program never had it, or gave it back. */
        DJANGOS_NOW
    }

    /** The owner of the database's figures, by our record, which is archived when the database is given back. */
    public static Whose whose(Handle handle) {
        if (!isThere(handle, "electro_isla_migraciones")) {
            return isThere(handle, "django_migrations") ? Whose.DJANGOS_NOW : Whose.NEVER_DJANGOS;
        }
        return handle.createQuery("""
                        SELECT CASE WHEN COALESCE(bool_and(origen <> 'django'), true) THEN 'NEVER_DJANGOS'
                                    WHEN max(numero) > :last THEN 'TAKEN_OVER' ELSE 'DJANGOS_NOW' END
                          FROM electro_isla_migraciones
                        """)
                .bind("last", DjangoLevel.STOCK)
                .mapTo(Whose.class)
                .one();
    }

    /** Whether Django alone has kept the figures so far: errors in them cannot be this program's. */
    public static boolean onlyDjangoKeptFigures(Handle handle) {
        return whose(handle) == Whose.DJANGOS_NOW && !wasGivenBack(handle);
    }

    /**
     * Whether the database was given back: the undo of our first migration leaves the last number of our checkouts,
     * which is never removed.
     */
    private static boolean wasGivenBack(Handle handle) {
        return isThere(handle, "archivo_secuencias")
                && handle.createQuery(
                                "SELECT EXISTS (SELECT FROM archivo_secuencias WHERE nombre = 'checkouts_id_seq')")
                        .mapTo(boolean.class)
                        .one();
    }

    /**
     * When our first migration above Django's 0019 was applied here; empty if Django made nothing here, or still keeps
     * it.
     */
    public static Optional<Instant> since(Handle handle) {
        if (whose(handle) != Whose.TAKEN_OVER) {
            return Optional.empty();
        }
        return handle.createQuery("SELECT aplicada_at FROM electro_isla_migraciones WHERE numero = :first")
                .bind("first", DjangoLevel.STOCK + 1)
                .map((row, context) -> Rows.instant(row, "aplicada_at"))
                .findOne();
    }

    /**
     * The statement for the differences between products' figures and their rows at the takeover that no repair has
     * mended since: {@code producto_id, clase} ({@code reservado} or {@code vendido}) {@code , diferencia}.
     */
    public static String inherited(Handle handle) {
        return hasInherited(handle) ? "SELECT producto_id, clase, diferencia FROM electro_isla_diferencias" : NOTHING;
    }

    /**
     * Whether there are recorded differences, to be deleted once they are mended. An older release left the table when
     * it gave a database back.
     */
    public static boolean hasInherited(Handle handle) {
        return isThere(handle, "electro_isla_diferencias") && whose(handle) == Whose.TAKEN_OVER;
    }

    private static boolean isThere(Handle handle, String table) {
        return handle.createQuery("SELECT to_regclass(:table) IS NOT NULL")
                .bind("table", table)
                .mapTo(boolean.class)
                .one();
    }
}
