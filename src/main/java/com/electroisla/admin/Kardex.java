package com.electroisla.admin;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The history of a product's stock, computed from the reservations, which keep their own, and the movements. The running
 * figures end at those that stand in the product now, so what was there before anything was written down is the beginning.
 */
public final class Kardex {
    private static final int SHOWN = 200;
    private static final int EXPLAINED = 50;
    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");

    private final Database database;
    private final DatabaseClock clock;

    public Kardex(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param from a day such as {@code 2026-03-01}, UTC; what is none is the beginning
     * @param to the last day; what is none is now
     * @param moment such as {@code 2026-03-01T12:30}, UTC; what is none asks for nothing
     */
    public Optional<KardexView> of(long productId, String from, String to, String moment) {
        return database.inTransaction(handle -> KardexSql.productName(handle, productId).map(name -> {
            Instant now = clock.now(handle);
            Range range = Range.of(from, to, now);
            List<KardexView.Row> rows = KardexSql.rows(handle, productId, range.from(), range.to(), now, SHOWN + 1);
            KardexView.Past past = moment(moment).map(at -> KardexSql.past(handle, productId, at, now, EXPLAINED)).orElse(null);
            return new KardexView(productId, name, from, to, rows.stream().limit(SHOWN).toList(), rows.size() > SHOWN, moment, past);
        }));
    }

    /**
     * Tells of every row in the range, oldest first, without holding them in memory.
     *
     * @return whether there is such a product
     */
    public boolean forEach(long productId, String from, String to, Consumer<KardexView.Row> each) {
        return database.inTransaction(handle -> {
            if (KardexSql.productName(handle, productId).isEmpty()) {
                return false;
            }
            Instant now = clock.now(handle);
            Range range = Range.of(from, to, now);
            KardexSql.forEach(handle, productId, range.from(), range.to(), now, each);
            return true;
        });
    }

    private record Range(Instant from, Instant to) {
        static Range of(String from, String to, Instant now) {
            Instant first = day(from).map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant()).orElse(BEGINNING);
            Instant last = day(to).map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()).orElse(now.plus(1, ChronoUnit.DAYS));
            return new Range(first, last);
        }
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() >= 2000 && day.getYear() < 10_000);
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text)).filter(at -> at.getYear() >= 2000 && at.getYear() < 10_000).map(at -> at.toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }
}
