package com.electroisla.database.migration;

import com.electroisla.database.StockFigures;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;

/** Every statement on the records of migrations, Django's and ours, and the execution of a script. */
final class MigrationSql {
    /** SQLSTATE of a NOTICE that is a line for the operator. */
    private static final String MESSAGE = "EI000";
    /** SQLSTATE of an exception that is an expected refusal. */
    private static final String REFUSAL = "EI001";
    /** An arbitrary fixed number: all processes that migrate one database take the same lock. */
    private static final long LOCK = 0x456c_4973_6c61L;

    private MigrationSql() {}

    /** @param shopTables how many of the shop's tables exist, or tables whose names would be in their way */
    record Tables(boolean ours, boolean django, int shopTables) {}

    /** A row of our record. */
    record Recorded(int number, String name, String origin) {}

    static Tables tables(Handle handle) {
        return handle.createQuery("""
                SELECT to_regclass('electro_isla_migraciones') IS NOT NULL
                    OR to_regclass('archivo_migraciones') IS NOT NULL,
                    to_regclass('django_migrations') IS NOT NULL,
                    (SELECT count(to_regclass(tabla))
                        FROM unnest(ARRAY['auth_user', 'user_profiles', 'productos', 'carts',
                        'cart_items', 'pedidos', 'detalles_pedido', 'refresh_tokens', 'token_blacklist',
                        'login_attempts',
                        'audit_logs', 'cart_audit_logs', 'stock_reservations']) AS tabla)""")
                .map((row, context) -> new Tables(row.getBoolean(1), row.getBoolean(2), row.getInt(3)))
                .one();
    }

    static List<Recorded> recorded(Handle handle) {
        String record = hasRecord(handle) ? "electro_isla_migraciones" : "archivo_migraciones";
        return handle.createQuery("SELECT numero, nombre, origen FROM " + record + " ORDER BY numero")
                .map((row, context) -> new Recorded(row.getInt(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** The names of Django's migrations of the shop, in the order of their names, which is that of their numbers. */
    static List<String> djangoNames(Handle handle) {
        return handle.createQuery("SELECT name FROM django_migrations WHERE app = 'api' ORDER BY name")
                .mapTo(String.class)
                .list();
    }

    /** The given {@code table.column} that do not exist. */
    static List<String> missingColumns(Handle handle, List<String> expected) {
        return handle.createQuery("""
                SELECT esperada FROM unnest(:expected) AS esperada
                WHERE NOT EXISTS (SELECT FROM pg_attribute
                    WHERE attrelid = to_regclass(split_part(esperada, '.', 1))
                      AND attname = split_part(esperada, '.', 2) AND attnum > 0 AND NOT attisdropped)
                ORDER BY esperada""")
                .bindArray("expected", String.class, expected)
                .mapTo(String.class)
                .list();
    }

    private static boolean hasRecord(Handle handle) {
        return handle.createQuery("SELECT to_regclass('electro_isla_migraciones') IS NOT NULL")
                .mapTo(boolean.class)
                .one();
    }

    /** Creates our record, or takes it out of the archive. */
    static void createRecord(Handle handle) {
        if (!hasRecord(handle)) {
            handle.execute("ALTER TABLE IF EXISTS archivo_migraciones RENAME TO electro_isla_migraciones");
        }
        handle.execute("""
                CREATE TABLE IF NOT EXISTS electro_isla_migraciones (
                    numero integer PRIMARY KEY,
                    nombre text NOT NULL,
                    aplicada_at timestamptz NOT NULL,
                    origen text NOT NULL DEFAULT 'propia')""");
    }

    /** Creates the tables in which a step back, or a takeover, keeps data for a later step forward. */
    static void createArchive(Handle handle) {
        run(handle, Migration.script("archivo_tablas.sql"), line -> {});
    }

    /**
     * Lets index-only scans work on a table that was written anew; nobody waits for it, and it waits for nobody. An
     * empty table is left out: plans for one that is known to be empty read all of it, and connections keep them.
     */
    static void vacuum(Handle handle, String table) {
        boolean empty = handle.createQuery("SELECT NOT EXISTS (SELECT FROM " + table + ")")
                .mapTo(Boolean.class)
                .one();
        if (!empty) {
            handle.execute("VACUUM (SKIP_LOCKED) " + table);
        }
    }

    static void dropRecord(Handle handle) {
        handle.execute("""
                DROP TABLE IF EXISTS electro_isla_migraciones, archivo_migraciones, archivo_favoritos,
                    archivo_direcciones, archivo_segundos_factores, archivo_codigos_de_respaldo,
                    archivo_ajustes_cuentas, archivo_pagos, archivo_lineas_pago, archivo_cobros, archivo_reembolsos,
                    archivo_reservas_pago, archivo_pedidos_vence
                """);
    }

    /** Moves our record into the archive, for the next way forward, when the database is given back to Django. */
    static void archiveRecord(Handle handle) {
        handle.execute("ALTER TABLE IF EXISTS electro_isla_migraciones RENAME TO archivo_migraciones");
    }

    static void record(Handle handle, Migration migration, String origin) {
        handle.createUpdate("""
                INSERT INTO electro_isla_migraciones (numero, nombre, aplicada_at, origen)
                VALUES (:number, :name, clock_timestamp(), :origin)""")
                .bind("number", migration.number())
                .bind("name", migration.name())
                .bind("origin", origin)
                .execute();
    }

    static void forget(Handle handle, int number) {
        handle.createUpdate("DELETE FROM electro_isla_migraciones WHERE numero = :number")
                .bind("number", number)
                .execute();
    }

    /** Records for Django that its 0019 is applied, if Django's record lacks it. */
    static void recordForDjango(Handle handle) {
        handle.execute("""
                INSERT INTO django_migrations (app, name, applied)
                SELECT 'api', '0019_stock_system', clock_timestamp()
                WHERE NOT EXISTS (SELECT FROM django_migrations WHERE app = 'api' AND name LIKE '0019%')""");
    }

    static void forgetForDjango(Handle handle) {
        handle.execute("DELETE FROM django_migrations WHERE app = 'api' AND name LIKE '0019%'");
    }

    /** The connections to this database that are not our programs': {@code isla (psql, 127.0.0.1) ×2}. */
    static List<String> strangers(Handle handle) {
        return handle.createQuery("""
                        SELECT format('%s (%s) ×%s', COALESCE(usename, '?'),
                                      concat_ws(', ', NULLIF(application_name, ''), host(client_addr)), count(*))
                          FROM pg_stat_activity
                         WHERE datname = current_database() AND pid <> pg_backend_pid()
                           AND COALESCE(backend_type, 'client backend') = 'client backend'
                           AND application_name IS DISTINCT FROM 'electro-isla'
                         GROUP BY usename, application_name, client_addr ORDER BY 1
                        """).mapTo(String.class).list();
    }

    static int uninitialisedProducts(Handle handle) {
        return handle.createQuery("""
                SELECT count(*) FROM productos
                WHERE""" + StockFigures.NOT_INITIALISED)
                .mapTo(Integer.class)
                .one();
    }

    /**
     * Waits at most {@code seconds} for another process that migrates this database; the lock is the connection's, so
     * it also ends with a process that dies. The same limit then holds for every lock on a table. {@link #unlock}
     * gives both back.
     */
    static void lock(Handle handle, int seconds) {
        handle.createQuery("SELECT set_config('lock_timeout', :bound, false)")
                .bind("bound", seconds + "s")
                .mapTo(String.class)
                .one();
        handle.createQuery("SELECT true FROM pg_advisory_lock(:lock)")
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
    }

    static void unlock(Handle handle, boolean locked) {
        if (locked) {
            handle.createQuery("SELECT pg_advisory_unlock(:lock)")
                    .bind("lock", LOCK)
                    .mapTo(Boolean.class)
                    .one();
        }
        handle.execute("RESET lock_timeout");
    }

    /**
     * Allows the scripts of this transaction to end live reservations if forced, and to send lines to the operator.
     */
    static void prepareScripts(Handle handle, boolean force) {
        handle.execute("SET LOCAL client_min_messages = notice");
        handle.execute("SET LOCAL electro_isla.forzar = " + (force ? "'si'" : "'no'"));
    }

    /** Runs a whole script as it is and passes on its lines for the operator. */
    static void run(Handle handle, String script, Consumer<String> lines) {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(script);
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                if (MESSAGE.equals(warning.getSQLState()) && warning instanceof PSQLWarning notice) {
                    lines.accept(notice.getServerErrorMessage().getMessage());
                }
            }
        } catch (SQLException failure) {
            throw new ScriptFailure(failure);
        }
    }

    /** A script failed; its transaction is void. */
    static final class ScriptFailure extends RuntimeException {
        ScriptFailure(SQLException cause) {
            super(cause.getMessage(), cause);
        }

        /** The reason, when the script itself refused. */
        Optional<String> refusal() {
            return getCause() instanceof PSQLException error
                            && REFUSAL.equals(error.getSQLState())
                            && error.getServerErrorMessage() != null
                    ? Optional.ofNullable(error.getServerErrorMessage().getMessage())
                    : Optional.empty();
        }
    }
}
