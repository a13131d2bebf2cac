package com.electroisla.admin;

import com.electroisla.accounts.Role;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.StockFigures;
import com.electroisla.reconciliation.Differences;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The state of the shop at a glance; eight statements, however large it is. */
public final class Home {
    static final Duration SOON = Duration.ofMinutes(5);
    static final int HOURS = 12;
    private static final int ROWS = 8;

    private final Database database;
    private final DatabaseClock clock;
    private final ZoneId zone;

    /** @param zone the time zone of the days and hours */
    public Home(Database database, DatabaseClock clock, ZoneId zone) {
        this.database = database;
        this.clock = clock;
        this.zone = zone;
    }

    public HomeView view(Role role) {
        if (!Section.PRODUCTS.roles().contains(role)) {
            return new HomeView(null, 0);
        }
        return database.inTransaction(handle -> {
            Instant now = clock.now(handle);
            Instant today = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
            Instant firstHour =
                    now.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant().minus(Duration.ofHours(HOURS - 1));
            HomeSql.Totals totals = HomeSql.totals(handle, now, now.plus(SOON), ProductFilter.LOW_STOCK, ROWS);
            return new HomeView(
                    new HomeView.Figures(
                            totals.total(),
                            totals.reserved(),
                            totals.sold(),
                            StockFigures.free(totals.total(), totals.reserved(), totals.sold()),
                            totals.pending(),
                            HomeSql.soldSince(handle, today),
                            HomeSql.runningOut(handle, now, now.plus(SOON), ROWS),
                            totals.runningOut(),
                            HomeSql.lowStock(handle, totals.low()),
                            HourlyChart.of(HomeSql.hours(handle, firstHour, HOURS, now, zone)),
                            totals.refunds()),
                    Differences.countOpen(handle));
        });
    }
}
