package com.electroisla.admin;

import com.electroisla.accounts.Role;
import com.electroisla.database.Database;
import com.electroisla.http.SearchWords;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The accounts as the staff sees them without their e-mail addresses. */
public final class StaffPeople {
    private final Database database;

    public StaffPeople(Database database) {
        this.database = database;
    }

    /**
     * @param words of the user name, the first or the last name; nobody finds an address out letter by letter
     * @param role null: any
     * @param active null: any
     */
    public record Filter(
            SearchWords words,
            @Nullable Role role,
            @Nullable Boolean active) {}

    /** @param emailInPart the first letter and the domain: {@code j***@example.com}; null without an address */
    public record Person(
            int id,
            String username,
            @Nullable String emailInPart,
            String firstName,
            String lastName,
            boolean active,
            String role,
            Instant joinedAt,
            @Nullable Instant lastLogin) {}

    /** @param offset rows before the page */
    public Listed<Person> page(Filter filter, int limit, long offset) {
        return database.read(handle -> StaffPeopleSql.page(handle, filter, limit, offset));
    }

    public Optional<Person> find(int id) {
        return database.read(handle -> StaffPeopleSql.one(handle, id));
    }
}
