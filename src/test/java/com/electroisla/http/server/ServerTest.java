package com.electroisla.http.server;

import com.electroisla.MovedClock;
import com.electroisla.ShopFixture;
import com.electroisla.database.Database;
import com.electroisla.settings.Setting;
import com.electroisla.wiring.RunningServer;
import com.electroisla.wiring.Shop;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * The whole server on a real database. A class that extends this carries {@code @QuarkusTest} itself; it gets a shop
 * on a freshly migrated database of its own, with a clock that tests move, and REST-assured pointed at the server.
 * Tests of one class share the database, so each makes its own products and users. Query strings are sent as they are
 * written.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ServerTest {
    protected ShopFixture fixture;
    protected Shop shop;
    protected Database database;
    protected MovedClock clock;

    @BeforeAll
    void open_a_shop_on_a_fresh_database() {
        fixture = new ShopFixture(flags());
        shop = fixture.shop;
        database = shop.database();
        clock = fixture.clock;
        RunningServer.start(shop);
        RestAssured.port = address().getPort();
        RestAssured.urlEncodingEnabled = false;
        RestAssured.config = RestAssured.config()
                .encoderConfig(
                        EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false));
    }

    /** The settings of this class that differ from the defaults; override to change. */
    protected Map<Setting, String> flags() {
        return Map.of();
    }

    @AfterAll
    void close_the_shop() {
        fixture.close();
    }

    /** The address of metrics and detailed health. */
    protected static String operator(String path) {
        return "http://" + RunningServer.operatorsPort().orElseThrow() + path;
    }

    /** The server's address, for clients other than REST-assured. */
    protected static URI address() {
        return URI.create(
                "http://127.0.0.1:" + ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class));
    }
}
