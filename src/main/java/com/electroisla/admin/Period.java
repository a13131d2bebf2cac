package com.electroisla.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The time from one moment to another.
 *
 * @param from the first moment
 * @param until the first moment after it
 */
public record Period(Instant from, Instant until) {
    public static final Period ALWAYS =
            new Period(Instant.parse("0001-01-02T00:00:00Z"), Instant.parse("9999-12-30T00:00:00Z"));

    /** Years of four digits, which PostgreSQL knows, too. */
    private static final Pattern WRITTEN = Pattern.compile("(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}"
            + "(?:[T ][0-9]{2}:[0-9]{2}[0-9:.]{0,17}(?:Z|[+-][0-9]{2}:[0-9]{2})?)?");

    private static final int A_DAY = "2026-11-30".length();

    /** Whether the text is a day of the calendar. */
    static boolean isDay(String text) {
        return text.length() == A_DAY && moment(text, ZoneOffset.UTC, false).isPresent();
    }

    /** The same period from the typed moment on; empty for a text that is none. */
    public Optional<Period> since(String text, ZoneId zone) {
        return moment(text, zone, false).map(moment -> new Period(later(moment, from), until));
    }

    /** The same period up to the typed moment, which still belongs to it; empty for a text that is none. */
    public Optional<Period> upTo(String text, ZoneId zone) {
        return moment(text, zone, true).map(moment -> new Period(from, earlier(moment, until)));
    }

    /** Whether it ends before it begins, or with the day before. */
    public boolean isBackwards() {
        return !until.isAfter(from);
    }

    /**
     * The moment of a typed text: a day of the shop's calendar, or a moment, which without an offset is one of the
     * shop's clock.
     *
     * @param after whether the first moment after it is meant: after a day, that is the next day's beginning
     */
    private static Optional<Instant> moment(String text, ZoneId zone, boolean after) {
        if (!WRITTEN.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            if (text.length() == A_DAY) {
                LocalDate day = LocalDate.parse(text);
                return Optional.of(
                        (after ? day.plusDays(1) : day).atStartOfDay(zone).toInstant());
            }
            Instant moment = exact(text.replace(' ', 'T'), zone).truncatedTo(ChronoUnit.MICROS);
            return Optional.of(after ? moment.plus(1, ChronoUnit.MICROS) : moment);
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static Instant exact(String text, ZoneId zone) {
        return switch (DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from)) {
            case OffsetDateTime moment -> moment.toInstant();
            case LocalDateTime onTheShopsClock -> onTheShopsClock.atZone(zone).toInstant();
            default -> throw new IllegalStateException(text);
        };
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
