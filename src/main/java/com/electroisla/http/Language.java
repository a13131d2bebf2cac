package com.electroisla.http;

import java.util.List;
import java.util.Locale;

/** The languages of answers: Spanish unless the caller prefers English. */
public enum Language {
    SPANISH(Locale.of("es")),
    ENGLISH(Locale.ENGLISH);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }

    /** The language of an {@code Accept-Language} header; Spanish when it is absent or invalid. */
    public static Language preferredBy(@org.jspecify.annotations.Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank()) {
            return SPANISH;
        }
        try {
            List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(acceptLanguage);
            Locale match = Locale.lookup(ranges, List.of(SPANISH.locale, ENGLISH.locale));
            return ENGLISH.locale.equals(match) ? ENGLISH : SPANISH;
        } catch (IllegalArgumentException senseless) {
            return SPANISH;
        }
    }
}
