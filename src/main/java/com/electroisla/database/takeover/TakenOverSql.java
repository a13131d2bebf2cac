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

    /** Whether Django made this database, which our migrations have reached. */
    public static boolean fromDjango(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM electro_isla_migraciones WHERE origen = 'django')").mapTo(boolean.class).one();
    }

    /** Whether Django made this database and has it still: nothing of ours keeps its figures. */
    public static boolean isDjangosNow(Handle handle) {
        return isThere(handle, "django_migrations") && since(handle).isEmpty();
    }

    /** When our first migration above Django's 0019 was applied here; empty where Django has made nothing, or has it still. */
    public static Optional<Instant> since(Handle handle) {
        if (!isThere(handle, "electro_isla_migraciones")) {
            return Optional.empty();
        }
        return handle.createQuery("""
                        SELECT aplicada_at FROM electro_isla_migraciones
                         WHERE numero = :first AND EXISTS (SELECT FROM electro_isla_migraciones WHERE origen = 'django')
                        """)
                .bind("first", DjangoLevel.STOCK + 1)
                .map((row, context) -> Rows.instant(row, "aplicada_at"))
                .findOne();
    }

    /**
     * The statement for what products' figures were away from their rows when the database was taken over:
     * {@code producto_id, clase} ({@code reservado} or {@code vendido}) {@code , diferencia}.
     */
    public static String inherited(Handle handle) {
        return isThere(handle, "electro_isla_diferencias") ? "SELECT producto_id, clase, diferencia FROM electro_isla_diferencias" : NOTHING;
    }

    private static boolean isThere(Handle handle, String table) {
        return handle.createQuery("SELECT to_regclass(:table) IS NOT NULL").bind("table", table).mapTo(boolean.class).one();
    }
}
