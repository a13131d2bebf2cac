package com.electroisla.accounts;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import java.nio.file.Path;
import java.time.InstantSource;

/** Access tokens without the price of a login, signed by a key that every instance on the database accepts. */
public final class TestTokens {
    private final Database database;
    private final AccessTokens tokens;

    /** @param home where the key is kept; its public half goes into the database */
    public TestTokens(Database database, Path home) {
        this.database = database;
        var keys = new SigningKeys(database, DatabaseClock.REAL, home.resolve("claves"));
        this.tokens = new AccessTokens(keys::own, InstantSource.system());
    }

    public String of(int userId) {
        return database.read(handle -> tokens.issue(AccountSql.byId(handle, userId).orElseThrow(), "familia-de-prueba-" + userId));
    }
}
