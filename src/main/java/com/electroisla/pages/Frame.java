package com.electroisla.pages;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a page's own content, and the words and number formats that it writes with. Templates call it
 * {@code p}.
 *
 * @param title already in the reader's language
 * @param path of this page, without its query; where the links that change language and colours come back to
 * @param csrf the token that every form sends back as {@code csrf_token}
 * @param user who is signed in; null for nobody
 * @param role of whoever is signed in, as the database has it; empty for nobody
 * @param theme {@code light} or {@code dark}; empty: as the reader's system is
 * @param assets the addresses of stylesheets and scripts
 * @param navigation the area's own links
 * @param notice what was just done; null when there is nothing to say
 * @param holdTime how long a reservation lasts, in words
 * @param zone the shop's: every day and hour on a page is of it, wherever the reader is
 */
public record Frame(Words words, String title, String path, String csrf, @Nullable String user, String role, String theme,
        Assets assets, List<Link> navigation, @Nullable Notice notice, String holdTime, ZoneId zone) {
    private static final String MOMENT = "d MMM yyyy, HH:mm";

    /** Addresses that change when their content does. */
    public record Assets(String base, String style, String htmx, String script, String icon, String shopStyle, String shopScript) {}

    /** @param current whether this is where the reader is */
    public record Link(String href, String text, String icon, boolean current) {}

    public String lang() {
        return words.language().locale().getLanguage();
    }

    public boolean english() {
        return lang().equals("en");
    }

    public String t(String key) {
        return words.text(key);
    }

    public String t(String key, Object first) {
        return words.text(key, first);
    }

    public String t(String key, Object first, Object second) {
        return words.text(key, first, second);
    }

    /** A new one-time key, for one form: sent twice, it is applied once. */
    public String once() {
        return UUID.randomUUID().toString();
    }

    /** {@code 1.234} in Spanish, {@code 1,234} in English. */
    public String n(long number) {
        return format("#,##0").format(number);
    }

    /** The same for what a template knows as an {@code int}: it does not widen. */
    public String n(int number) {
        return n((long) number);
    }

    /** {@code $1.234,50} in Spanish, {@code $1,234.50} in English. */
    public String money(BigDecimal amount) {
        return "$" + format("#,##0.00").format(amount);
    }

    /** For the {@code datetime} attribute. */
    public String iso(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The moment as the shop's clock shows it; in an hour that comes twice, with which of the two it is. */
    public String when(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        String text = DateTimeFormatter.ofPattern(MOMENT, words.language().locale()).format(local);
        boolean twice = zone.getRules().getValidOffsets(local.toLocalDateTime()).size() > 1;
        return twice ? text + " (UTC" + local.getOffset() + ")" : text;
    }

    private DecimalFormat format(String pattern) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(words.language().locale());
        symbols.setGroupingSeparator(english() ? ',' : '.');
        symbols.setDecimalSeparator(english() ? '.' : ',');
        return new DecimalFormat(pattern, symbols);
    }
}
