package com.electroisla.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The texts of all settings, and how each kind of text is read.
 *
 * @param texts of every setting; of one that nobody chose its default
 * @param chosen the settings that the operator made
 */
record SettingValues(Map<Setting, String> texts, Set<Setting> chosen) {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration SHORTEST_KEPT = Duration.ofDays(1);
    private static final Duration LONGEST_KEPT = Duration.ofDays(36_525);

    String value(Setting setting) {
        return Objects.requireNonNull(texts.get(setting));
    }

    Optional<String> text(Setting setting) {
        return Optional.of(value(setting)).filter(value -> !value.isEmpty());
    }

    Stream<String> list(Setting setting) {
        return Stream.of(value(setting).split(",")).map(String::strip).filter(value -> !value.isEmpty());
    }

    boolean isOff(Setting setting) {
        return value(setting).equalsIgnoreCase("off");
    }

    <T> Optional<T> unlessOff(Setting setting, Function<Setting, T> parser) {
        return isOff(setting) ? Optional.empty() : Optional.of(parser.apply(setting));
    }

    Optional<RateLimit> limit(Setting setting) {
        return unlessOff(setting, _ -> {
            String text = value(setting);
            String[] parts = text.split("/", 2);
            try {
                int count = Integer.parseInt(parts[0].strip());
                if (parts.length == 2 && count >= 1) {
                    return new RateLimit(count, parsed(setting, parts[1].strip()));
                }
            } catch (NumberFormatException notANumber) {
                // The exception below names the fault.
            }
            throw new InvalidSetting(
                    setting, "«" + text + "» no es N/duración (como " + setting.defaultValue() + ") ni «off»");
        });
    }

    /** A whole number from 1 to {@code most}. */
    int number(Setting setting, int most) {
        String text = value(setting);
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // The exception below names the fault.
        }
        throw new InvalidSetting(setting, "«" + text + "» no es un número de 1 a " + most);
    }

    /**
     * A retention time is in days or longer units: an operator who meant minutes would have lost the records before
     * noticing.
     */
    Retention.Kept kept(Setting setting) {
        return new Retention.Kept(unlessOff(setting, this::longestKept), chosen.contains(setting));
    }

    private Duration longestKept(Setting setting) {
        String text = value(setting);
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(SHORTEST_KEPT) >= 0 && duration.compareTo(LONGEST_KEPT) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException notADuration) {
            // The exception below names the fault.
        }
        throw new InvalidSetting(
                setting,
                "«" + text + "» no es una duración ISO-8601 de un día a cien años (como " + setting.defaultValue()
                        + ") ni «off»");
    }

    Duration duration(Setting setting) {
        return parsed(setting, value(setting));
    }

    private static Duration parsed(Setting setting, String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException notADuration) {
            // The exception below names the fault.
        }
        throw new InvalidSetting(
                setting,
                "«" + text + "» no es una duración ISO-8601 mayor que cero y de un año como mucho (como PT15M)");
    }

    /** Empty when nothing is said. */
    Optional<Boolean> yesOrNo(Setting setting) {
        return text(setting).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "si", "sí" -> true;
            case "no" -> false;
            default -> throw new InvalidSetting(setting, "«" + text + "» no es «si» ni «no»");
        });
    }
}
