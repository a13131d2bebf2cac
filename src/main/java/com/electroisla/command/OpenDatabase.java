package com.electroisla.command;

import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.embedded.EmbeddedPostgres;
import com.electroisla.settings.Settings;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The database of these settings and, for the included one, the attachment that keeps it running while it is used.
 *
 * @param embedded null for an external database
 */
record OpenDatabase(Database database, @Nullable EmbeddedPostgres embedded) implements AutoCloseable {

    /** @param progress takes a line for each long step of starting the included database */
    static OpenDatabase open(Settings settings, int poolSize, Database.Purpose purpose, Consumer<String> progress) {
        PrivateHome.ensure(settings.home());
        if (settings.databaseUrl().isPresent()) {
            return new OpenDatabase(
                    new Database(JdbcTarget.of(settings.databaseUrl().get()), poolSize, purpose), null);
        }
        EmbeddedPostgres embedded = EmbeddedPostgres.attach(settings.home(), progress);
        try {
            return new OpenDatabase(new Database(embedded.target(), poolSize, purpose), embedded);
        } catch (RuntimeException failure) {
            embedded.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        try {
            database.close();
        } finally {
            if (embedded != null) {
                embedded.close();
            }
        }
    }
}
