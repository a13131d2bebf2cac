package com.electroisla.admin;

import com.electroisla.database.Database;
import com.electroisla.http.SearchWords;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The log of changes, newest first, in the words of the old shop where it has one for a change. */
public final class ChangeLog {
    private final Database database;

    public ChangeLog(Database database) {
        this.database = database;
    }

    /**
     * @param words of the object's or the author's name
     * @param module empty: any; one that no entry has finds nothing
     * @param action likewise
     */
    public record Filter(SearchWords words, String module, String action, Period period) {}

    /**
     * @param username of the author; empty for the operator, who has no account
     * @param fullName the author's first and last name, or else the user name; empty likewise
     * @param address null when it is not known
     * @param details as the entry has them, ours or the old shop's
     */
    public record Change(
            long id,
            String username,
            String fullName,
            String action,
            String module,
            long objectId,
            String object,
            @Nullable String address,
            Instant at,
            Map<?, ?> details) {}

    /** @param offset rows before the page */
    public Listed<Change> page(Filter filter, int limit, long offset) {
        return database.read(handle -> ChangeLogSql.page(handle, filter, limit, offset));
    }
}
