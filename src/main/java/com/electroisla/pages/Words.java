package com.electroisla.pages;

import com.electroisla.http.Language;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of the pages of one area, from its bundle {@code textos} (Spanish) and {@code textos_en}; missing keys
 * come from the pages' common bundle.
 *
 * @param area the package whose bundle it is, such as {@code admin}
 */
public record Words(Language language, String area) {
    /** The area of the texts that all pages share. */
    public static final String COMMON = "pages";

    private static final String MOMENT = "d MMM yyyy, HH:mm";

    private record Key(Language language, String area) {}

    private static final Map<Key, ResourceBundle> BUNDLES = new ConcurrentHashMap<>();

    /** Whether there is a text under the key, for words that another program may have written. */
    public boolean has(String key) {
        return List.of(area, COMMON).stream().anyMatch(each -> bundle(each).containsKey(key));
    }

    /** The text under the key, with {@code {0}}, {@code {1}} replaced as {@link MessageFormat} does. */
    public String text(String key, Object... arguments) {
        for (String each : List.of(area, COMMON)) {
            ResourceBundle bundle = bundle(each);
            if (bundle.containsKey(key)) {
                return new MessageFormat(bundle.getString(key), language.locale()).format(arguments);
            }
        }
        throw new IllegalArgumentException("no text " + key + " in " + area);
    }

    private ResourceBundle bundle(String its) {
        return BUNDLES.computeIfAbsent(new Key(language, its), Words::load);
    }

    /** {@code 1.234} in Spanish, {@code 1,234} in English. */
    public String number(long number) {
        return format("#,##0").format(number);
    }

    /** {@code $1.234,50} in Spanish, {@code $1,234.50} in English. */
    public String money(BigDecimal amount) {
        return "$" + format("#,##0.00").format(amount);
    }

    /** The moment by the shop's clock; in an hour that occurs twice, marked as the first or the second. */
    public String when(Instant moment, ZoneId zone) {
        ZonedDateTime local = moment.atZone(zone);
        String text = DateTimeFormatter.ofPattern(MOMENT, language.locale()).format(local);
        boolean twice = zone.getRules().getValidOffsets(local.toLocalDateTime()).size() > 1;
        return twice ? text + " (UTC" + local.getOffset() + ")" : text;
    }

    private DecimalFormat format(String pattern) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(language.locale());
        boolean english = language == Language.ENGLISH;
        symbols.setGroupingSeparator(english ? ',' : '.');
        symbols.setDecimalSeparator(english ? '.' : ',');
        return new DecimalFormat(pattern, symbols);
    }

    private static ResourceBundle load(Key key) {
        Locale locale = key.language() == Language.SPANISH
                ? Locale.ROOT
                : key.language().locale();
        return ResourceBundle.getBundle(
                "com.electroisla." + key.area() + ".textos",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
