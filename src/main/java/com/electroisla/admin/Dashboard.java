package com.electroisla.admin;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How many accounts and products there are. Open dashboards ask every few seconds, so one answer serves all of them for
 * {@link #KEPT}, and periods count to the minute: their ends move with the clock of whoever asks.
 */
public final class Dashboard {
    private static final Duration KEPT = Duration.ofSeconds(2);
    private static final Duration NEW = Duration.ofDays(7);
    private static final int MOST_PERIODS = 100;
    private static final Duration ALMOST_A_MINUTE = Duration.ofMinutes(1).minus(1, ChronoUnit.MICROS);

    private final Database database;
    private final DatabaseClock clock;
    private final LoadingCache<Period, Counts> counts;

    /** @param ticker the time by which an answer is kept */
    public Dashboard(Database database, DatabaseClock clock, Ticker ticker) {
        this.database = database;
        this.clock = clock;
        this.counts = Caffeine.newBuilder()
                .maximumSize(MOST_PERIODS)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .build(this::count);
    }

    /**
     * @param accounts registered in the period
     * @param products made in the period
     */
    public record Counts(Count accounts, Count products) {}

    /** @param fresh of the last seven days, whatever the period */
    public record Count(long all, long active, long fresh) {}

    public Counts counts(Period period) {
        return counts.get(
                new Period(minute(period.from()), minute(period.until().plus(ALMOST_A_MINUTE))));
    }

    private static Instant minute(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MINUTES);
    }

    private Counts count(Period period) {
        return database.read(handle -> {
            Instant week = clock.now(handle).minus(NEW);
            return DashboardSql.counts(handle, period, week);
        });
    }
}
