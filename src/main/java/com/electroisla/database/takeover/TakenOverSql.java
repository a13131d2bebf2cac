package com.electroisla.database.takeover;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What a database held before us, so that rows and figures in it may be another program's. Changes nothing. */
public final class TakenOverSql {
    /** What {@link #inherited} gives where nothing was there before us. */
    private static final String NOTHING = "SELECT NULL::bigint AS producto_id, NULL::text AS clase, NULL::bigint AS diferencia WHERE false";

    private TakenOverSql() {}

    /** Who keeps the figures of a database, and who did before. */
    public enum Whose {
        /** Nothing of Django's is there. */
        NEVER_DJANGOS,
        /** Django made it, and we keep it now. */
        TAKEN_OVER,
        /** Django made it and has it: we never had it, or gave it back. */
        DJANGOS_NOW
    }

    /** Whose the database is, by our record; a give-back puts that away. */
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

    /** Whether Django has kept every figure so far: what is wrong in them cannot be ours. */
    public static boolean onlyDjangoKeptFigures(Handle handle) {
        return whose(handle) == Whose.DJANGOS_NOW && !wasGivenBack(handle);
    }

    /** The way back from our first migration leaves the last number of our checkouts, and nothing takes it away. */
    private static boolean wasGivenBack(Handle handle) {
        return isThere(handle, "archivo_secuencias")
                && handle.createQuery("SELECT EXISTS (SELECT FROM archivo_secuencias WHERE nombre = 'checkouts_id_seq')").mapTo(boolean.class).one();
    }

    /** When our first migration above Django's 0019 was applied here; empty where Django has made nothing, or has it still. */
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
     * The statement for what products' figures were away from their rows when the database was taken over, and no repair has mended
     * since: {@code producto_id, clase} ({@code reservado} or {@code vendido}) {@code , diferencia}.
     */
    public static String inherited(Handle handle) {
        return hasInherited(handle) ? "SELECT producto_id, clase, diferencia FROM electro_isla_diferencias" : NOTHING;
    }

    /** Whether there is something to forget once it is mended. An older release left the table behind when it gave a database back. */
    public static boolean hasInherited(Handle handle) {
        return isThere(handle, "electro_isla_diferencias") && whose(handle) == Whose.TAKEN_OVER;
    }

    private static boolean isThere(Handle handle, String table) {
        return handle.createQuery("SELECT to_regclass(:table) IS NOT NULL").bind("table", table).mapTo(boolean.class).one();
    }
}
