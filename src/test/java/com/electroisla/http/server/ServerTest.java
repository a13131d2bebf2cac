package com.electroisla.http.server;

import com.electroisla.RunningServer;
import com.electroisla.Shop;
import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import com.electroisla.database.MovedClock;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * The whole server on a real database. A class that extends this carries {@code @QuarkusTest} itself; it gets a shop on
 * a freshly migrated database of its own, with a clock that stands until it is moved, and REST-assured pointed at the
 * server. Tests of one class share the database, so each makes the products and users it speaks of.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ServerTest {
    private static final int CONNECTIONS = 8;

    protected Path home;

    protected Settings settings;
    protected Database database;
    protected MovedClock clock;
    protected Shop shop;

    @BeforeAll
    void open_a_shop_on_a_fresh_database() throws IOException {
        // Under target, which is cleaned: Quarkus makes the test instance itself, and @TempDir does not reach it.
        home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "home-");
        open();
    }

    /** What this class sets otherwise than the defaults; override to change. */
    protected Map<Setting, String> flags() {
        return Map.of();
    }

    /** Where the class's database is; override to have none, or an older one. */
    protected JdbcTarget target() {
        return MigratedDatabase.create();
    }

    private void open() {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        flags.put(Setting.HOME, home.toString());
        flags.putAll(flags());
        settings = Settings.load(home, flags, Map.of());
        database = new Database(target(), CONNECTIONS);
        clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
        shop = Shop.open(settings, database, clock);
        RunningServer.start(shop);
        RestAssured.port = address().getPort();
        RestAssured.urlEncodingEnabled = false;
        RestAssured.config = RestAssured.config().encoderConfig(EncoderConfig.encoderConfig()
                .appendDefaultContentCharsetToContentTypeIfUndefined(false));
    }

    @AfterAll
    void close_the_shop() {
        shop.close();
        database.close();
    }

    /** Where the server listens, for clients other than REST-assured. */
    protected static URI address() {
        return URI.create("http://127.0.0.1:" + ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class));
    }
}
