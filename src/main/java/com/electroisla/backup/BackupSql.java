package com.electroisla.backup;

import com.electroisla.backup.Manifest.Sequence;
import com.electroisla.backup.Schema.Table;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** The statements of a backup, of a restore, and of comparing the two. */
final class BackupSql {
    private BackupSql() {}

    /** Takes a piece of COPY's text. */
    interface RowSink {
        void row(byte[] text) throws IOException;
    }

    /** Another program's connection to this database. */
    record Other(int pid, String program, String user) {}

    /** The first statement of the transaction: all later statements read the same snapshot, and none can write. */
    static void readOneMoment(Handle handle) {
        handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }

    /** Makes COPY write and read values in one way, whatever the server's settings. */
    static void sameWayOfWriting(Handle handle) {
        handle.createQuery("""
                SELECT set_config('datestyle', 'ISO, YMD', true), set_config('intervalstyle', 'postgres', true),
                    set_config('timezone', 'UTC', true),
                    set_config('extra_float_digits', '3', true), set_config('bytea_output', 'hex', true),
                    set_config('row_security', 'off', true),
                    set_config('check_function_bodies', 'off', true), set_config('statement_timeout', '0', true),
                    set_config('client_min_messages', 'warning', true)""").mapTo(String.class).one();
    }

    /** Locks the tables against ALTER until the transaction ends; reading and writing go on. */
    static void keepFromBeingAltered(Handle handle, String schema, List<Table> tables) {
        for (Table table : tables) {
            SchemaSql.run(handle, "LOCK TABLE " + quoted(schema, table.name()) + " IN ACCESS SHARE MODE");
        }
    }

    static int serverMajor(Handle handle) {
        return handle.createQuery("SELECT current_setting('server_version_num')::int / 10000")
                .mapTo(Integer.class)
                .one();
    }

    static List<String> migrations(Handle handle) {
        List<String> names = new ArrayList<>();
        boolean ours = handle.createQuery("SELECT to_regclass('public.electro_isla_migraciones') IS NOT NULL")
                .mapTo(Boolean.class)
                .one();
        boolean django = handle.createQuery("SELECT to_regclass('public.django_migrations') IS NOT NULL")
                .mapTo(Boolean.class)
                .one();
        if (ours) {
            names.addAll(handle.createQuery("SELECT nombre FROM public.electro_isla_migraciones ORDER BY numero")
                    .mapTo(String.class)
                    .list());
        }
        if (django) {
            names.addAll(handle.createQuery(
                            "SELECT format('%s.%s (django)', app, name) FROM public.django_migrations ORDER BY id")
                    .mapTo(String.class)
                    .list());
        }
        return names;
    }

    /**
     * Reads the sequences after the snapshot was taken, so every number used in a row of the snapshot was given out by
     * then.
     */
    static List<Sequence> sequences(Handle handle, String schema) {
        List<String> names = handle.createQuery("""
                SELECT c.relname FROM pg_class c WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind = 'S'
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                        AND d.deptype = 'e')
                ORDER BY c.relname""")
                .bind("schema", schema)
                .mapTo(String.class)
                .list();
        List<Sequence> values = new ArrayList<>();
        for (String name : names) {
            values.add(handle.createQuery("SELECT last_value, is_called FROM <sequence>")
                    .define("sequence", quoted(schema, name))
                    .map((row, context) -> new Sequence(name, row.getLong(1), row.getBoolean(2)))
                    .one());
        }
        return values;
    }

    static void setSequence(Handle handle, String schema, Sequence sequence) {
        handle.createQuery("SELECT setval(CAST(:name AS regclass), :last, :called)")
                .bind("name", quoted(schema, sequence.name()))
                .bind("last", sequence.last())
                .bind("called", sequence.called())
                .mapTo(Long.class)
                .one();
    }

    /** Gives out the table's rows one by one, without holding them. */
    static void copyOut(Handle handle, String schema, Table table, RowSink sink) throws IOException {
        String statement = "COPY " + quoted(schema, table.name()) + " (" + table.columns() + ") TO STDOUT";
        try {
            CopyOut copy = manager(handle).copyOut(statement);
            try {
                for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                    sink.row(row);
                }
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException failure) {
            throw new SchemaSql.StatementFailed(statement, failure);
        }
    }

    /** Takes rows into a table made in this transaction. */
    static void copyIn(Handle handle, String schema, Table table, InputStream rows) throws IOException {
        String statement =
                "COPY " + quoted(schema, table.name()) + " (" + table.columns() + ") FROM STDIN WITH (FREEZE)";
        try {
            manager(handle).copyIn(statement, rows);
        } catch (SQLException failure) {
            throw new SchemaSql.StatementFailed(statement, failure);
        }
    }

    static void analyze(Handle handle, String schema, Table table) {
        SchemaSql.run(handle, "ANALYZE " + quoted(schema, table.name()));
    }

    static void createSchema(Handle handle, String schema) {
        SchemaSql.run(handle, "CREATE SCHEMA " + quoted(schema));
    }

    static void dropEmptySchema(Handle handle, String schema) {
        SchemaSql.run(handle, "DROP SCHEMA " + quoted(schema));
    }

    static boolean roleExists(Handle handle, String role) {
        return role.isEmpty()
                || handle.createQuery("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)")
                        .bind("role", role)
                        .mapTo(Boolean.class)
                        .one();
    }

    /**
     * The other connections to this database. A role that is no superuser does not see the program of another role's
     * process, only the role.
     */
    static List<Other> others(Handle handle) {
        return handle.createQuery("""
                SELECT pid, coalesce(nullif(application_name, ''), '?'), coalesce(usename, '?') FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                    AND usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'
                    ORDER BY pid""")
                .map((row, context) -> new Other(row.getInt(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** Ends somebody's connection, and waits for its end up to 5 s. */
    static void terminate(Handle handle, int pid) {
        handle.createQuery("SELECT pg_terminate_backend(:pid, 5000)")
                .bind("pid", pid)
                .mapTo(Boolean.class)
                .one();
    }

    /** Waits half a second on the server's side, so that a short command of another program can end. */
    static void pause(Handle handle) {
        handle.createQuery("SELECT true FROM pg_sleep(0.5)")
                .mapTo(Boolean.class)
                .one();
    }

    /** Locks all tables against reading and writing by others until the transaction ends; returns how many tables. */
    static int lockOutOthers(Handle handle, String schema) {
        List<String> tables = handle.createQuery("""
                SELECT format('%I.%I', CAST(:schema AS text), relname) FROM pg_class
                WHERE relnamespace = to_regnamespace(:schema) AND relkind IN ('r', 'p')
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                        AND d.objid = pg_class.oid AND d.deptype = 'e')
                ORDER BY relname""")
                .bind("schema", schema)
                .mapTo(String.class)
                .list();
        if (!tables.isEmpty()) {
            SchemaSql.run(handle, "LOCK TABLE " + String.join(", ", tables) + " IN ACCESS EXCLUSIVE MODE");
        }
        return tables.size();
    }

    /**
     * Moves everything but extensions from one schema to another: functions first, whose arguments name types, types
     * last. Dependencies refer to objects and not to names, so they stay.
     *
     * @return how many things were moved
     */
    static int move(Handle handle, String from, String to) {
        List<String> statements = handle.createQuery("""
                SELECT w.orden FROM (
                    SELECT 1, p.oid, format('ALTER ROUTINE %s SET SCHEMA %I', p.oid::regprocedure, CAST(:to AS text)),
                        'pg_proc'::regclass
                        FROM pg_proc p WHERE p.pronamespace = to_regnamespace(:from)
                    UNION ALL
                    SELECT 2, c.oid, format('ALTER TABLE %I.%I SET SCHEMA %I', CAST(:from AS text), c.relname,
                        CAST(:to AS text)), 'pg_class'::regclass
                        FROM pg_class c WHERE c.relnamespace = to_regnamespace(:from)
                            AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                            AND NOT EXISTS (SELECT FROM pg_depend d
                                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                                AND c.relkind = 'S' AND d.deptype IN ('a', 'i'))
                    UNION ALL
                    SELECT 3, t.oid, format('ALTER TYPE %I.%I SET SCHEMA %I', CAST(:from AS text), t.typname,
                        CAST(:to AS text)), 'pg_type'::regclass
                        FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
                        WHERE t.typnamespace = to_regnamespace(:from)
                            AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
                ) AS w (n, oid, orden, clase)
                WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = w.clase AND d.objid = w.oid
                    AND d.deptype = 'e')
                ORDER BY w.n, w.oid""")
                .bind("from", from)
                .bind("to", to)
                .mapTo(String.class)
                .list();
        statements.forEach(statement -> SchemaSql.run(handle, statement));
        return statements.size();
    }

    private static CopyManager manager(Handle handle) throws SQLException {
        return handle.getConnection().unwrap(PGConnection.class).getCopyAPI();
    }

    private static String quoted(String... names) {
        List<String> parts = new ArrayList<>();
        for (String name : names) {
            parts.add('"' + name.replace("\"", "\"\"") + '"');
        }
        return String.join(".", parts);
    }
}
