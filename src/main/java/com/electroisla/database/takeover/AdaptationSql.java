package com.electroisla.database.takeover;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Every statement of {@link Adaptation}. Names within a statement are quoted by the database itself. */
final class AdaptationSql {
    /** Indexes that Django's 0019 and its 0020 name differently: old name, new name. */
    static final List<String[]> RENAMED_BY_0020 = List.of(
            new String[] {"productos_stock_idx", "productos_stock_2e1108_idx"},
            new String[] {"productos_stock_reservado_idx", "productos_stock_r_a1448d_idx"},
            new String[] {"stock_reservations_usuario_status_idx", "stock_reser_usuario_bec55e_idx"},
            new String[] {"stock_reservations_producto_status_idx", "stock_reser_product_991f92_idx"},
            new String[] {"stock_reservations_status_expires_idx", "stock_reser_status_da6fe9_idx"},
            new String[] {"stock_reservations_expires_idx", "stock_reser_expires_fdd22d_idx"});

    /**
     * The columns that Django's 0027 and 0028 add to productos. With defaults, so that an older Django can still
     * insert.
     */
    static final List<String[]> SUPPLIED_COLUMNS = List.of(
            new String[] {"imagen", "varchar(100)"},
            new String[] {"en_carousel_card", "boolean NOT NULL DEFAULT true"},
            new String[] {"en_all_products", "boolean NOT NULL DEFAULT true"});

    private AdaptationSql() {}

    /**
     * One adaptation.
     *
     * @param kind one of the three below
     * @param table where a column was added
     * @param name the present name; for a dropped index, its name then
     * @param detail the name before, the index's definition or the column's type
     */
    record Fitted(String kind, String table, String name, String detail) {
        static final String NAME = "nombre";
        static final String INDEX = "indice";
        static final String COLUMN = "columna";
    }

    static void createMemory(Handle handle) {
        handle.execute("""
                CREATE TABLE electro_isla_adaptaciones (
                    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    clase text NOT NULL,
                    tabla text NOT NULL,
                    nombre text NOT NULL,
                    detalle text NOT NULL)""");
    }

    /**
     * Records the errors in the figures before our first change; the engine adds and subtracts, so the errors stay the
     * same.
     */
    static void writeDownDifferences(Handle handle) {
        dropDifferences(handle); // An older release left the table when it gave the database back.
        handle.execute("""
                CREATE TABLE electro_isla_diferencias (
                    producto_id bigint NOT NULL,
                    clase text NOT NULL,
                    diferencia bigint NOT NULL,
                    PRIMARY KEY (producto_id, clase))""");
        handle.execute(TakeoverDataSql.COUNTED.formatted(TakeoverDataSql.explained(handle)) + """
                INSERT INTO electro_isla_diferencias (producto_id, clase, diferencia)
                SELECT c.id, d.clase, d.diferencia
                  FROM cuentas c
                 CROSS JOIN LATERAL (VALUES ('reservado', c.reservado - c.pendientes),
                     ('vendido', c.vendido - c.confirmadas)) AS d(clase, diferencia)
                 WHERE d.diferencia <> 0 AND (c.reservado <> c.pendientes OR c.vendido <> c.confirmadas)""");
    }

    static void dropDifferences(Handle handle) {
        handle.execute("DROP TABLE IF EXISTS electro_isla_diferencias");
    }

    static boolean hasMemory(Handle handle) {
        return handle.createQuery("SELECT to_regclass('electro_isla_adaptaciones') IS NOT NULL")
                .mapTo(boolean.class)
                .one();
    }

    static void dropMemory(Handle handle) {
        handle.execute("DROP TABLE electro_isla_adaptaciones");
    }

    static void remember(Handle handle, Fitted fitted) {
        handle.createUpdate("INSERT INTO electro_isla_adaptaciones (clase, tabla, nombre, detalle) VALUES (:kind, "
                        + ":table, :name, :detail)")
                .bind("kind", fitted.kind())
                .bind("table", fitted.table())
                .bind("name", fitted.name())
                .bind("detail", fitted.detail())
                .execute();
    }

    /** The adaptations in the order in which they were made. */
    static List<Fitted> remembered(Handle handle) {
        return handle.createQuery("SELECT clase, tabla, nombre, detalle FROM electro_isla_adaptaciones ORDER BY id")
                .map((row, context) ->
                        new Fitted(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    /** Renames an index if it exists and the new name is free; returns whether it did. */
    static boolean rename(Handle handle, String from, String to) {
        boolean possible = handle.createQuery("""
                        SELECT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(quote_ident(:from))
                           AND relkind = 'i')
                           AND to_regclass(quote_ident(:to)) IS NULL""")
                .bind("from", from)
                .bind("to", to)
                .mapTo(boolean.class)
                .one();
        if (possible) {
            handle.execute(quoted(handle, "ALTER INDEX %I RENAME TO %I", from, to));
        }
        return possible;
    }

    /**
     * Indexes of productos that an update of a figure would have to change, except the two that our 0021 drops itself.
     */
    static List<Fitted> indexesOverFigures(Handle handle) {
        return handle.createQuery("""
                        SELECT c.relname, pg_get_indexdef(i.indexrelid)
                          FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                         WHERE i.indrelid = to_regclass('productos')
                           AND c.relname NOT IN ('productos_stock_2e1108_idx', 'productos_stock_r_a1448d_idx')
                           AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
                           AND EXISTS (
                                SELECT FROM pg_attribute a
                                 WHERE a.attrelid = i.indrelid
                                   AND a.attname IN ('stock', 'stock_total', 'stock_reservado', 'stock_vendido')
                                   AND (a.attnum = ANY (i.indkey::int2[])
                                        OR EXISTS (SELECT FROM pg_depend d
                                                    WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                                                      AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum)))
                         ORDER BY c.relname
                        """)
                .map((row, context) -> new Fitted(Fitted.INDEX, "productos", row.getString(1), row.getString(2)))
                .list();
    }

    static void dropIndex(Handle handle, String name) {
        handle.execute(quoted(handle, "DROP INDEX %I", name));
    }

    /** @param definition as {@code pg_get_indexdef} returned it */
    static void makeIndex(Handle handle, String definition) {
        handle.execute(definition);
    }

    /** Adds the column if it is missing; returns whether it did. */
    static boolean addColumn(Handle handle, String name, String type) {
        boolean there =
                handle.createQuery("""
                        SELECT EXISTS (SELECT FROM pg_attribute
                                        WHERE attrelid = to_regclass('productos') AND attname = :name
                                            AND NOT attisdropped)""").bind("name", name).mapTo(boolean.class).one();
        if (!there) {
            handle.execute("ALTER TABLE productos ADD COLUMN " + name + " " + type);
        }
        return !there;
    }

    static void dropColumn(Handle handle, String table, String name) {
        handle.execute(quoted(handle, "ALTER TABLE %I DROP COLUMN %I", table, name));
    }

    /**
     * Drops our defaults of the figures, which were needed as long as Django's 0018 could insert; Django gives its
     * columns none.
     */
    static void dropDefaults(Handle handle) {
        handle.execute("""
                ALTER TABLE productos
                    ALTER COLUMN stock_total DROP DEFAULT,
                    ALTER COLUMN stock_reservado DROP DEFAULT,
                    ALTER COLUMN stock_vendido DROP DEFAULT""");
    }

    /**
     * Refuses, in sessions that are not ours, any change of a figure and any new or changed hold. A guard on the
     * figures alone would allow overselling: the old checkout inserts its hold before it saves the product. A write
     * from within another trigger is allowed: our triggers give units back when the old program deletes a user. An
     * update that leaves the figures as they are is allowed as well.
     */
    static void createGuard(Handle handle) {
        handle.execute("""
                CREATE FUNCTION electro_isla_guardia() RETURNS trigger LANGUAGE plpgsql
                SET search_path = pg_catalog AS $$
                BEGIN
                    IF COALESCE(current_setting('electro_isla.escribe', true), '') <> 'si'
                        AND pg_trigger_depth() < 2 THEN
                        RAISE EXCEPTION USING
                            ERRCODE = 'EI003',
                            MESSAGE = 'El stock de esta base lo lleva Electro Isla; '
                                || 'la tienda antigua no puede cambiar cifras ni reservas a la vez.',
                            HINT = 'Para el servidor, el worker y el beat de Celery y el cron de la tienda antigua, '
                                || 'o devuélvele la base con ./manage migrate api 0019. '
                                || 'Un operador en psql puede escribir con: SET electro_isla.escribe = ''si''';
                    END IF;
                    RETURN NEW;
                END $$""");
        handle.execute("""
                CREATE TRIGGER electro_isla_guardia_cifras BEFORE UPDATE ON productos FOR EACH ROW
                    WHEN ((OLD.stock_total, OLD.stock_reservado, OLD.stock_vendido)
                          IS DISTINCT FROM (NEW.stock_total, NEW.stock_reservado, NEW.stock_vendido))
                    EXECUTE FUNCTION electro_isla_guardia()""");
        handle.execute("""
                CREATE TRIGGER electro_isla_guardia_reserva_nueva BEFORE INSERT ON stock_reservations FOR EACH ROW
                    EXECUTE FUNCTION electro_isla_guardia()""");
        handle.execute("""
                CREATE TRIGGER electro_isla_guardia_reserva BEFORE UPDATE ON stock_reservations FOR EACH ROW
                    WHEN ((OLD.producto_id, OLD.usuario_id, OLD.cantidad, OLD.status, OLD.expires_at)
                          IS DISTINCT FROM (NEW.producto_id, NEW.usuario_id, NEW.cantidad, NEW.status, NEW.expires_at))
                    EXECUTE FUNCTION electro_isla_guardia()""");
    }

    static void dropGuard(Handle handle) {
        handle.execute("DROP TRIGGER electro_isla_guardia_cifras ON productos");
        handle.execute("DROP TRIGGER electro_isla_guardia_reserva_nueva ON stock_reservations");
        handle.execute("DROP TRIGGER electro_isla_guardia_reserva ON stock_reservations");
        handle.execute("DROP FUNCTION electro_isla_guardia()");
    }

    private static String quoted(Handle handle, String statement, String... names) {
        return handle.createQuery("SELECT format(:statement, VARIADIC CAST(:names AS text[]))")
                .bind("statement", statement)
                .bindArray("names", String.class, (Object[]) names)
                .mapTo(String.class)
                .one();
    }
}
