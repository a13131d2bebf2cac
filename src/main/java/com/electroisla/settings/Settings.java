package com.electroisla.settings;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The operator's settings, read and checked once at start. A wrong value is an {@link InvalidSetting} that names the
 * variable in one line.
 *
 * @param base the folder of {@code manage}; relative paths in settings count from here, whatever the current directory
 * @param databaseUrl empty: the embedded database under {@code home}
 * @param zone the zone of every day and time that people read or type; JSON stays in UTC
 * @param publicUrls the shop's addresses on the web, the first for links in mails; empty: loopback names and IP
 *     addresses only
 * @param silentTriggers whether the engine's connections fire no triggers, where their role may ask for that
 * @param pageSize rows of a list's page when the caller names no size
 * @param mailServer empty: letters are kept, and the admin shows them
 * @param sweep empty: the server does not sweep, cron does
 * @param largestBatch how many requests one transaction commits at most
 * @param longestQueue how many requests wait for their turn at most
 * @param longestWait how long a request waits for its turn at most
 * @param addLimit empty: no limit, and nothing is counted
 * @param guestLimit new guests of an address; empty: no limit
 * @param guestHolds how many guests of an address, or with one e-mail, can hold units at the same time; empty: any
 * @param media the folder of uploaded pictures; the default one, under {@code home}, is made with the first picture
 * @param management where metrics and health in detail are served; empty: the first free port of the default ones
 */
public record Settings(
        Path base,
        Path home,
        Optional<URI> databaseUrl,
        ZoneId zone,
        List<URI> publicUrls,
        boolean silentTriggers,
        int pageSize,
        Optional<MailServer> mailServer,
        Duration timeToLive,
        Optional<Duration> sweep,
        Optional<RateLimit> addLimit,
        Optional<RateLimit> loginLimit,
        Optional<RateLimit> registrationLimit,
        Optional<RateLimit> guestLimit,
        Optional<Integer> guestHolds,
        int largestBatch,
        int longestQueue,
        Duration longestWait,
        List<AddressRange> proxies,
        List<String> corsOrigins,
        Path media,
        Optional<ListenAddress> management,
        Retention retention) {

    private static final int LARGEST_PAGE = 5_000;
    private static final int MOST_IN_A_BATCH = 5_000;
    private static final int MOST_WAITING = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration SHORTEST_KEPT = Duration.ofDays(1);
    private static final Duration LONGEST_KEPT = Duration.ofDays(36_525);

    /** Reads the settings of this process: flags, then the environment, then {@code base/.env}, then the defaults. */
    public static Settings load(Path base, Map<Setting, String> flags, Map<String, String> environment) {
        Map<String, String> file = dotEnv(base.resolve(".env"));
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        Set<Setting> chosen = EnumSet.noneOf(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = flags.get(setting);
            if (value == null) {
                value = environment.get(setting.variable());
            }
            if (value == null) {
                value = file.get(setting.variable());
            }
            if (value != null && !value.isBlank()) {
                chosen.add(setting);
            }
            values.put(setting, value == null || value.isBlank() ? setting.defaultValue() : value.strip());
        }
        return parse(base.toAbsolutePath().normalize(), values, chosen);
    }

    private static Settings parse(Path base, Map<Setting, String> values, Set<Setting> chosen) {
        Path home = text(values, Setting.HOME)
                .map(base::resolve)
                .orElseGet(() -> base.resolve("var"))
                .normalize();
        return new Settings(
                base,
                home,
                text(values, Setting.DATABASE_URL).map(Settings::databaseUrl),
                zone(value(values, Setting.ZONE)),
                list(values, Setting.URL).map(Settings::publicUrl).toList(),
                text(values, Setting.SILENT_TRIGGERS)
                        .map(text -> yesOrNo(Setting.SILENT_TRIGGERS, text))
                        .orElseGet(() -> value(values, Setting.DATABASE_URL).isEmpty()),
                number(values, Setting.PAGE_SIZE, LARGEST_PAGE),
                text(values, Setting.MAIL).map(text -> MailServer.parse(text, text(values, Setting.MAIL_FROM))),
                duration(Setting.TIME_TO_LIVE, value(values, Setting.TIME_TO_LIVE)),
                unlessOff(values, Setting.SWEEP, text -> duration(Setting.SWEEP, text)),
                limit(values, Setting.ADD_LIMIT),
                limit(values, Setting.LOGIN_LIMIT),
                limit(values, Setting.REGISTRATION_LIMIT),
                limit(values, Setting.GUEST_LIMIT),
                unlessOff(values, Setting.GUEST_HOLDS, _ -> number(values, Setting.GUEST_HOLDS, MOST_WAITING)),
                number(values, Setting.BATCH, MOST_IN_A_BATCH),
                number(values, Setting.QUEUE, MOST_WAITING),
                duration(Setting.WAIT, value(values, Setting.WAIT)),
                list(values, Setting.PROXIES).map(AddressRange::parse).toList(),
                list(values, Setting.CORS).map(Settings::origin).toList(),
                text(values, Setting.MEDIA)
                        .map(base::resolve)
                        .map(Settings::existingFolder)
                        .orElseGet(() -> home.resolve("media")),
                text(values, Setting.MANAGEMENT).map(text -> ListenAddress.parse(Setting.MANAGEMENT, text)),
                new Retention(
                        kept(values, chosen, Setting.KEEP_LOGIN_ATTEMPTS),
                        kept(values, chosen, Setting.KEEP_AUDIT),
                        kept(values, chosen, Setting.KEEP_CART_AUDIT),
                        kept(values, chosen, Setting.KEEP_ORIGINS),
                        kept(values, chosen, Setting.KEEP_MAILS),
                        kept(values, chosen, Setting.KEEP_GUESTS)));
    }

    /** Every setting has a text; one that nobody chose its default. */
    private static String value(Map<Setting, String> values, Setting setting) {
        return Objects.requireNonNull(values.get(setting));
    }

    private static Optional<String> text(Map<Setting, String> values, Setting setting) {
        return Optional.of(value(values, setting)).filter(value -> !value.isEmpty());
    }

    private static Stream<String> list(Map<Setting, String> values, Setting setting) {
        return Stream.of(value(values, setting).split(",")).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static <T> Optional<T> unlessOff(Map<Setting, String> values, Setting setting, Function<String, T> parser) {
        String value = value(values, setting);
        return value.equalsIgnoreCase("off") ? Optional.empty() : Optional.of(parser.apply(value));
    }

    private static Optional<RateLimit> limit(Map<Setting, String> values, Setting setting) {
        return unlessOff(values, setting, text -> {
            String[] parts = text.split("/", 2);
            try {
                int count = Integer.parseInt(parts[0].strip());
                if (parts.length == 2 && count >= 1) {
                    return new RateLimit(count, duration(setting, parts[1].strip()));
                }
            } catch (NumberFormatException notANumber) {
                // The exception below names the fault.
            }
            throw new InvalidSetting(
                    setting, "«" + text + "» no es N/duración (como " + setting.defaultValue() + ") ni «off»");
        });
    }

    private static int number(Map<Setting, String> values, Setting setting, int most) {
        String text = value(values, setting);
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
    private static Retention.Kept kept(Map<Setting, String> values, Set<Setting> chosen, Setting setting) {
        return new Retention.Kept(longestKept(values, setting), chosen.contains(setting));
    }

    private static Optional<Duration> longestKept(Map<Setting, String> values, Setting setting) {
        return unlessOff(values, setting, text -> {
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
        });
    }

    private static Duration duration(Setting setting, String text) {
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

    private static URI databaseUrl(String text) {
        try {
            URI uri = new URI(text);
            boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
            if (known
                    && uri.getHost() != null
                    && uri.getPath() != null
                    && uri.getPath().length() > 1) {
                return uri;
            }
        } catch (URISyntaxException notAUri) {
            // The exception below names the fault without the text, which may contain a password.
        }
        throw new InvalidSetting(Setting.DATABASE_URL, "se espera postgresql://usuario:clave@host:puerto/base");
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException notAZone) {
            throw new InvalidSetting(
                    Setting.ZONE, "«" + text + "» no es una zona horaria (como America/Santo_Domingo)");
        }
    }

    private static boolean yesOrNo(Setting setting, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "si", "sí" -> true;
            case "no" -> false;
            default -> throw new InvalidSetting(setting, "«" + text + "» no es «si» ni «no»");
        };
    }

    private static String origin(String text) {
        return webAddress(text)
                .map(ignored -> text)
                .orElseThrow(() -> new InvalidSetting(
                        Setting.CORS, "«" + text + "» no es un origen (como https://tienda.example)"));
    }

    private static URI publicUrl(String text) {
        String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return webAddress(bare)
                .orElseThrow(() -> new InvalidSetting(
                        Setting.URL, "«" + text + "» no es la dirección de un sitio (como https://tienda.example)"));
    }

    /** The address of a web site: scheme, host and port, and nothing else. */
    private static Optional<URI> webAddress(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = (uri.getPath() == null || uri.getPath().isEmpty()) && uri.getFragment() == null;
            return Optional.of(uri)
                    .filter(ignored -> web
                            && bare
                            && uri.getHost() != null
                            && uri.getQuery() == null
                            && uri.getUserInfo() == null);
        } catch (URISyntaxException notAUri) {
            return Optional.empty();
        }
    }

    private static Path existingFolder(Path path) {
        if (!Files.isDirectory(path)) {
            throw new InvalidSetting(Setting.MEDIA, "«" + path + "» no es una carpeta");
        }
        return path;
    }

    /**
     * Parses {@code NAME=value} lines; blank lines and {@code #} comments are skipped, quotes around a value are
     * removed.
     */
    private static Map<String, String> dotEnv(Path file) {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String stripped = line.strip();
                int equals = stripped.indexOf('=');
                if (stripped.startsWith("#") || equals < 1) {
                    continue;
                }
                String name = stripped.substring(0, equals).strip();
                values.put(
                        name.startsWith("export ") ? name.substring(7).strip() : name,
                        unquoted(stripped.substring(equals + 1).strip()));
            }
        } catch (IOException unreadable) {
            throw new InvalidSetting(
                    Setting.HOME,
                    "no se puede leer " + file
                            + (unreadable instanceof AccessDeniedException
                                    ? ": este usuario no tiene permiso"
                                    : ": " + unreadable.getMessage()));
        }
        return values;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
