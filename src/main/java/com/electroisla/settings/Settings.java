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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
 * @param payments who charges cards, and how long units wait for money
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
        Retention retention,
        PaymentSettings payments) {

    private static final int LARGEST_PAGE = 5_000;
    private static final int MOST_IN_A_BATCH = 5_000;
    private static final int MOST_WAITING = 1_000_000;

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
        return parse(base.toAbsolutePath().normalize(), new SettingValues(values, chosen));
    }

    private static Settings parse(Path base, SettingValues values) {
        Path home = values.text(Setting.HOME)
                .map(base::resolve)
                .orElseGet(() -> base.resolve("var"))
                .normalize();
        return new Settings(
                base,
                home,
                values.text(Setting.DATABASE_URL).map(Settings::databaseUrl),
                zone(values.value(Setting.ZONE)),
                values.list(Setting.URL).map(Settings::publicUrl).toList(),
                values.yesOrNo(Setting.SILENT_TRIGGERS)
                        .orElseGet(() -> values.text(Setting.DATABASE_URL).isEmpty()),
                values.number(Setting.PAGE_SIZE, LARGEST_PAGE),
                values.text(Setting.MAIL).map(text -> MailServer.parse(text, values.text(Setting.MAIL_FROM))),
                values.duration(Setting.TIME_TO_LIVE),
                values.unlessOff(Setting.SWEEP, values::duration),
                values.limit(Setting.ADD_LIMIT),
                values.limit(Setting.LOGIN_LIMIT),
                values.limit(Setting.REGISTRATION_LIMIT),
                values.limit(Setting.GUEST_LIMIT),
                values.unlessOff(Setting.GUEST_HOLDS, setting -> values.number(setting, MOST_WAITING)),
                values.number(Setting.BATCH, MOST_IN_A_BATCH),
                values.number(Setting.QUEUE, MOST_WAITING),
                values.duration(Setting.WAIT),
                values.list(Setting.PROXIES).map(AddressRange::parse).toList(),
                values.list(Setting.CORS).map(Settings::origin).toList(),
                values.text(Setting.MEDIA)
                        .map(base::resolve)
                        .map(Settings::existingFolder)
                        .orElseGet(() -> home.resolve("media")),
                values.text(Setting.MANAGEMENT).map(text -> ListenAddress.parse(Setting.MANAGEMENT, text)),
                new Retention(
                        values.kept(Setting.KEEP_LOGIN_ATTEMPTS),
                        values.kept(Setting.KEEP_AUDIT),
                        values.kept(Setting.KEEP_CART_AUDIT),
                        values.kept(Setting.KEEP_ORIGINS),
                        values.kept(Setting.KEEP_MAILS),
                        values.kept(Setting.KEEP_GUESTS)),
                PaymentSettings.parse(values));
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
