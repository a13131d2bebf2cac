package com.electroisla.accounts;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.settings.Settings;
import java.time.InstantSource;

/**
 * The accounts of a shop in tests: as in production, but for a thousandth of the work for each password, and with a
 * signing key that is there already.
 */
public final class CheapPasswords {
    private CheapPasswords() {}

    public static Accounts open(Settings settings, Database database, DatabaseClock clock) {
        MadeKeys.into(settings.home().resolve("claves"));
        return Accounts.open(
                settings,
                database,
                clock,
                new Accounts.Parts(
                        Instance.ITERATIONS,
                        KeyDerivation.JDK,
                        InstantSource.system(),
                        new PostgresRevocationFeed(database::target)));
    }
}
