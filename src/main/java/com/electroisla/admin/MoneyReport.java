package com.electroisla.admin;

import com.electroisla.database.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The holds and orders of a period, by whether they became money or nothing. Reading may take long, so it has the
 * connections of the exports and keeps no page waiting.
 */
public final class MoneyReport {
    private static final int PRESET_DAYS = 30;
    private static final int MOST = 10;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final ExportConnections connections;
    private final DatabaseClock clock;
    private final ZoneId zone;

    /** @param zone the time zone of the days */
    public MoneyReport(ExportConnections connections, DatabaseClock clock, ZoneId zone) {
        this.connections = connections;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * @param from the first day; a text that is none means thirty days, today included
     * @param to the last day; a text that is none means today
     */
    public ReportView of(String from, String to) {
        return connections.database().inTransactionOnce(handle -> {
            StatisticsSql.giveUpAfter(handle, LONGEST);
            Instant now = clock.now(handle);
            LocalDate today = now.atZone(zone).toLocalDate();
            String first =
                    Period.isDay(from) ? from : today.minusDays(PRESET_DAYS - 1).toString();
            String last = Period.isDay(to) ? to : today.toString();
            Period period = Period.ALWAYS
                    .since(first, zone)
                    .flatMap(since -> since.upTo(last, zone))
                    .orElse(Period.ALWAYS);
            return new ReportView(
                    first,
                    last,
                    MoneyReportSql.holds(handle, period, now),
                    MoneyReportSql.lost(handle, period, now, MOST),
                    MoneyReportSql.orders(handle, period),
                    MoneyReportSql.payments(handle, period, now),
                    MoneyReportSql.late(handle, period),
                    MoneyReportSql.owed(handle, period),
                    MoneyReportSql.given(handle, period));
        });
    }
}
