package com.electroisla.http;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/** The texts for people, from the bundle {@code mensajes} (Spanish) and {@code mensajes_en}. */
public final class Messages {
    private static final Map<Language, ResourceBundle> BUNDLES = new ConcurrentHashMap<>();

    /** Texts without arguments; their keys are the program's own. */
    private static final Map<Text, String> WHOLE = new ConcurrentHashMap<>();

    private record Text(Language language, String key) {}

    private Messages() {}

    /** The text under the key, with {@code {0}}, {@code {1}} replaced as {@link MessageFormat} does. */
    public static String get(Language language, String key, Object... arguments) {
        return arguments.length == 0
                ? WHOLE.computeIfAbsent(new Text(language, key), text -> format(text.language(), text.key()))
                : format(language, key, arguments);
    }

    private static String format(Language language, String key, Object... arguments) {
        ResourceBundle bundle = BUNDLES.computeIfAbsent(language, Messages::load);
        return new MessageFormat(bundle.getString(key), language.locale()).format(arguments);
    }

    private static ResourceBundle load(Language language) {
        Locale locale = language == Language.SPANISH ? Locale.ROOT : language.locale();
        return ResourceBundle.getBundle(
                "com.electroisla.http.mensajes",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
