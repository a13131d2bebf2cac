package com.electroisla.shopfront;

import com.electroisla.database.Database;
import java.util.Optional;

/** All that the shop keeps of a person, as a file for them: no password, no code, nothing of anybody else. */
public final class OwnData {
    /** The most orders, holds and letters in a file, the newest ones. */
    private static final int MOST = 10_000;

    private final Database database;

    public OwnData(Database database) {
        this.database = database;
    }

    /** A JSON object; empty when the account is gone. */
    public Optional<String> of(int userId) {
        return database.read(handle -> OwnDataSql.all(handle, userId, MOST));
    }
}
