package com.electroisla.pages;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The frame around a page's own content, with its texts and number formats. Templates call it {@code p}.
 *
 * @param title already in the reader's language
 * @param path of this page, without its query; the target of the links that change language and colours
 * @param csrf the token that every form sends back as {@code csrf_token}
 * @param user the signed-in user's name; null for nobody
 * @param role of the signed-in user, as in the database; empty for nobody
 * @param theme {@code light} or {@code dark}; empty: as the reader's system is
 * @param assets the addresses of stylesheets and scripts
 * @param navigation the area's own links
 * @param notice the message about the last action; null for none
 * @param holdTime how long a reservation lasts, in words
 * @param zone the shop's: every day and hour on a page is of it, wherever the reader is
 */
public record Frame(
        Words words,
        String title,
        String path,
        String csrf,
        @Nullable String user,
        String role,
        String theme,
        Assets assets,
        List<Link> navigation,
        @Nullable Notice notice,
        String holdTime,
        ZoneId zone) {
    /** Addresses that change with their content. */
    public record Assets(
            String base, String style, String htmx, String script, String icon, String shopStyle, String shopScript) {}

    /** @param current whether the reader is on this page */
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
        return words.number(number);
    }

    /** The same for an {@code int}, which templates do not widen. */
    public String n(int number) {
        return n((long) number);
    }

    /** {@code $1.234,50} in Spanish, {@code $1,234.50} in English. */
    public String money(BigDecimal amount) {
        return words.money(amount);
    }

    /** The moment for the {@code datetime} attribute. */
    public String iso(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The moment by the shop's clock; in an hour that occurs twice, marked as the first or the second. */
    public String when(Instant moment) {
        return words.when(moment, zone);
    }
}
