package com.electroisla.transfer;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * A load in the audit log: one entry says who loads which file and how many products it makes and changes. The entry
 * is written with the first products, so that no change is without one; a load that did not write everything adds an
 * entry with the numbers that it wrote.
 */
public class LoadAudit implements Alongside {
    private static final String MODULE = "producto";

    private final Actor actor;
    private final String file;
    private long toCreate;
    private long toUpdate;

    /** @param file the file's name as the user knows it */
    public LoadAudit(Actor actor, String file) {
        this.actor = actor;
        this.file = file;
    }

    @Override
    public void begins(Handle handle, long created, long updated, Instant now) {
        toCreate = created;
        toUpdate = updated;
        write(handle, "importar", Map.of("nuevos", created, "cambiados", updated), now);
    }

    @Override
    public void ended(Handle handle, long created, long updated, Instant now) {
        long missing = toCreate + toUpdate - created - updated;
        if (created + updated > 0 && missing > 0) {
            write(
                    handle,
                    "importar_a_medias",
                    Map.of("nuevos", created, "cambiados", updated, "sin_escribir", missing),
                    now);
        }
    }

    private void write(Handle handle, String action, Map<String, Long> counts, Instant now) {
        AuditSql.write(
                handle, actor, new Entry(action, MODULE, 0, file, Map.of("archivo", file, "despues", counts)), now);
    }
}
