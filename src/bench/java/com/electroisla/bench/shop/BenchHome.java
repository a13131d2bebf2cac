package com.electroisla.bench.shop;

import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.embedded.EmbeddedPostgres;
import com.electroisla.rig.ThrowAwayFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A temporary folder with a database server of its own. */
public final class BenchHome implements AutoCloseable {
    private static final String PREFIX = "datos-";

    private final ThrowAwayFolder folder;
    private final EmbeddedPostgres postgres;

    private BenchHome(ThrowAwayFolder folder, EmbeddedPostgres postgres) {
        this.folder = folder;
        this.postgres = postgres;
    }

    /** @param under the folder for such folders; leftovers there are deleted */
    public static BenchHome open(Path under, Consumer<String> progress) throws IOException {
        ThrowAwayFolder folder = ThrowAwayFolder.make(under, PREFIX, progress);
        BenchHome home;
        try {
            home = new BenchHome(folder, EmbeddedPostgres.attach(folder.path(), progress));
        } catch (RuntimeException failure) {
            folder.close();
            throw failure;
        }
        return home;
    }

    /** Opens a home whose database has been used: the files of its log exist already. */
    public static BenchHome openUsed(Path under, Consumer<String> progress) throws IOException {
        BenchHome home = open(under, progress);
        try (Database database = new Database(home.target(), 1)) {
            progress.accept("Escribiendo dos gigabytes de registro, como una base de datos que ya vendió...");
            database.use(BenchSql::writeLog);
            return home;
        } catch (RuntimeException failure) {
            home.close();
            throw failure;
        }
    }

    public Path folder() {
        return folder.path();
    }

    /** The shop's own database, without a table. */
    public JdbcTarget target() {
        return postgres.maintenance("electro_isla");
    }

    /** The server's settings, as {@link BenchSql#settings} names them. */
    public String settings() {
        try (Database database = new Database(target(), 1)) {
            return database.read(BenchSql::settings);
        }
    }

    /** Creates another database on the same server. */
    public void createDatabase(String name) {
        try (Database database = new Database(target(), 1)) {
            database.use(handle -> BenchSql.createDatabase(handle, name));
        }
    }

    /** Another database of the same server. */
    public JdbcTarget target(String name) {
        return postgres.maintenance(name);
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } finally {
            folder.close();
        }
    }
}
