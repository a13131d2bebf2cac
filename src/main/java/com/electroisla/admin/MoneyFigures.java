package com.electroisla.admin;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.payment.Refunds;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The figures of money for the metrics, the same on every server. However often somebody asks, the database is read
 * once in {@link #KEPT}.
 */
public final class MoneyFigures {
    /** The age of payments, orders and holds that are counted. */
    static final Duration COUNTED = Duration.ofHours(1);

    private static final Duration KEPT = Duration.ofSeconds(15);
    /** Of the newest payments and charges so many are looked at. */
    private static final int MOST = 50_000;

    private final Database database;
    private final DatabaseClock clock;
    private final Refunds refunds;
    private final LoadingCache<String, Figures> kept;

    /** @param ticker the time by which the figures are kept */
    public MoneyFigures(Database database, DatabaseClock clock, Refunds refunds, Ticker ticker) {
        this.refunds = refunds;
        this.database = database;
        this.clock = clock;
        this.kept = Caffeine.newBuilder()
                .maximumSize(1)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .build(_ -> read());
    }

    /**
     * @param payments begun in the last hour, by the word of their state now; {@code tarde}: money that came late, and
     *     bought nevertheless
     * @param owed refunds that are not given yet, of whatever age
     * @param unsold holds of the last hour that have ended without a sale
     */
    public record Figures(Map<String, Long> payments, Refunds.Owed owed, long unsold) {}

    public Figures figures() {
        return kept.get("");
    }

    private Figures read() {
        return database.read(handle -> {
            Instant now = clock.now(handle);
            Instant since = now.minus(COUNTED);
            return new Figures(
                    MoneyFiguresSql.payments(handle, since, now, MOST),
                    refunds.owed(),
                    MoneyFiguresSql.unsold(handle, since, now));
        });
    }
}
