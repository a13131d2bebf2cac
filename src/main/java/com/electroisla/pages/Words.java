package com.electroisla.pages;

import com.electroisla.http.Language;
import java.text.MessageFormat;
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

    private record Key(Language language, String area) {}

    private static final Map<Key, ResourceBundle> BUNDLES = new ConcurrentHashMap<>();

    /** The text under the key, with {@code {0}}, {@code {1}} replaced as {@link MessageFormat} does. */
    public String text(String key, Object... arguments) {
        for (String each : List.of(area, COMMON)) {
            ResourceBundle bundle = BUNDLES.computeIfAbsent(new Key(language, each), Words::load);
            if (bundle.containsKey(key)) {
                return new MessageFormat(bundle.getString(key), language.locale()).format(arguments);
            }
        }
        throw new IllegalArgumentException("no text " + key + " in " + area);
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
