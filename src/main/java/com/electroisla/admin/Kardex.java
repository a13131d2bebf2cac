package com.electroisla.admin;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.http.Cursor;
import com.electroisla.http.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The history of a product's stock, computed from the reservations, which keep their own history, and the movements.
 * The running figures end at the product's present ones, so the history begins with the stock from before the first
 * record.
 */
public final class Kardex {
    private static final int SHOWN = 200;
    private static final int EXPLAINED = 50;
    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");

    private final Database database;
    private final DatabaseClock clock;
    private final ZoneId zone;

    /** @param zone the time zone of typed days and hours */
    public Kardex(Database database, DatabaseClock clock, ZoneId zone) {
        this.database = database;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * @param from a day such as {@code 2026-03-01}; an invalid text means the beginning
     * @param to the last day; an invalid text means now
     * @param moment such as {@code 2026-03-01T12:30}; an invalid text means none
     * @param after the cursor of the page, as {@link KardexView#next} gave it; null for the first page
     * @throws com.electroisla.http.ProblemException 400 for a cursor that is not of this history
     */
    public Optional<KardexView> of(long productId, String from, String to, String moment, @Nullable String after) {
        String search = productId + " " + from + " " + to;
        @Nullable Cursor cursor = after == null ? null : Cursor.decode(after, search);
        return database.inTransaction(handle -> KardexSql.productName(handle, productId)
                .map(name -> {
                    Instant now = clock.now(handle);
                    Range range = range(from, to, now);
                    List<KardexSql.Placed> found = KardexSql.rows(
                            handle,
                            productId,
                            range.from(),
                            range.to(),
                            now,
                            cursor == null ? null : place(cursor),
                            SHOWN + 1);
                    @Nullable
                    String next = found.size() > SHOWN
                            ? cursor(found.get(SHOWN - 1).place(), cursor).encode(search)
                            : null;
                    KardexView.Past past = moment(moment)
                            .map(at -> KardexSql.past(handle, productId, at, now, EXPLAINED))
                            .orElse(null);
                    return new KardexView(
                            productId,
                            name,
                            from,
                            to,
                            found.stream()
                                    .limit(SHOWN)
                                    .map(KardexSql.Placed::row)
                                    .toList(),
                            next,
                            cursor == null,
                            moment,
                            past);
                }));
    }

    private static Cursor cursor(KardexSql.Place last, @Nullable Cursor before) {
        return new Cursor(before == null ? 2 : before.page() + 1, 0, last.id(), last.order() + " " + last.at());
    }

    private static KardexSql.Place place(Cursor cursor) {
        try {
            String[] key = cursor.key().split(" ", 2);
            return new KardexSql.Place(Instant.parse(key[1]), Integer.parseInt(key[0]), cursor.id());
        } catch (DateTimeParseException | NumberFormatException | IndexOutOfBoundsException notOurs) {
            throw Problem.invalidField("cursor", "campo_tipo").exception();
        }
    }

    /** How many events there are in the range; empty if the product does not exist. */
    public OptionalLong count(long productId, String from, String to) {
        return database.read(handle -> {
            if (KardexSql.productName(handle, productId).isEmpty()) {
                return OptionalLong.empty();
            }
            Instant now = clock.now(handle);
            Range range = range(from, to, now);
            return OptionalLong.of(KardexSql.count(handle, productId, range.from(), range.to(), now));
        });
    }

    /**
     * Passes on every row in the range, oldest first, row by row.
     *
     * @param handle in a transaction that lasts as long as the reading
     */
    public void forEach(Handle handle, long productId, String from, String to, Consumer<KardexView.Row> each) {
        Instant now = clock.now(handle);
        Range range = range(from, to, now);
        KardexSql.forEach(handle, productId, range.from(), range.to(), now, each);
    }

    /** The names of the filters that are neither empty nor a valid day or moment. */
    public static List<String> unread(String from, String to, String moment) {
        List<String> unread = new ArrayList<>();
        if (!from.isEmpty() && day(from).isEmpty()) {
            unread.add("desde");
        }
        if (!to.isEmpty() && day(to).isEmpty()) {
            unread.add("hasta");
        }
        if (!moment.isEmpty() && local(moment).isEmpty()) {
            unread.add("momento");
        }
        return unread;
    }

    private record Range(Instant from, Instant to) {}

    /** The range in the shop's time zone, where not every day has a midnight, nor 24 hours. */
    private Range range(String from, String to, Instant now) {
        Instant first = day(from).map(day -> day.atStartOfDay(zone).toInstant()).orElse(BEGINNING);
        Instant last = day(to).map(day -> day.plusDays(1).atStartOfDay(zone).toInstant())
                .orElse(now.plus(1, ChronoUnit.DAYS));
        return new Range(first, last);
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> isSensible(day.getYear()));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    /** The moment of a local time: of an hour that occurs twice, the first; of a skipped hour, the hour after it. */
    private Optional<Instant> moment(String text) {
        return local(text).map(at -> at.atZone(zone).toInstant());
    }

    private static Optional<LocalDateTime> local(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text)).filter(at -> isSensible(at.getYear()));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    private static boolean isSensible(int year) {
        return year >= 2000 && year < 10_000;
    }
}
