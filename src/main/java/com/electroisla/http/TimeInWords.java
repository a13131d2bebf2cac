package com.electroisla.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A length of time in words: {@code 15 minutos}, {@code 1 hora y 30 minutos}, {@code 40 segundos}. */
public final class TimeInWords {
    private TimeInWords() {}

    /** The time in whole seconds, at least one. */
    public static String of(Duration duration, Language language) {
        Duration whole = duration.toSeconds() == 0 ? Duration.ofSeconds(1) : duration;
        List<String> parts = new ArrayList<>();
        add(parts, language, "tiempo_dias", whole.toDaysPart());
        add(parts, language, "tiempo_horas", whole.toHoursPart());
        add(parts, language, "tiempo_minutos", whole.toMinutesPart());
        add(parts, language, "tiempo_segundos", whole.toSecondsPart());
        String last = parts.removeLast();
        return parts.isEmpty() ? last : Messages.get(language, "tiempo_y", String.join(", ", parts), last);
    }

    private static void add(List<String> parts, Language language, String unit, long count) {
        if (count > 0) {
            parts.add(Messages.get(language, unit, count));
        }
    }
}
