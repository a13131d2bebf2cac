package com.electroisla.http.server;

import com.electroisla.ShopWords;
import com.electroisla.accounts.TestTokens;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;

/** A {@link ServerTest} with a stopped clock and tokens without the cost of a login. */
public abstract class SignedInTest extends ServerTest {
    private final Map<Integer, String> issued = new ConcurrentHashMap<>();

    protected ShopWords given;
    protected TestTokens tokens;

    @BeforeAll
    void find_the_words() {
        given = fixture;
        tokens = new TestTokens(database, shop.settings().home());
        clock.stopAt(Instant.parse("2026-03-01T12:00:00Z"));
    }

    protected String tokenOf(int user) {
        return issued.computeIfAbsent(user, tokens::of);
    }

    /** A request by this user, with a JSON body if one is given. */
    protected RequestSpecification as(int user) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + tokenOf(user))
                .contentType("application/json");
    }

    /** {@code {"product_id": ..., "quantity": ...}} */
    protected static String line(long product, int quantity) {
        return "{\"product_id\": " + product + ", \"quantity\": " + quantity + "}";
    }

    /** The body of a payment by card. */
    protected static final String PAYMENT = """
            {"metodo_pago": "tarjeta", "direccion_entrega": "Calle 23 nº 105, Vedado", "telefono": "555-0100", \
            "notas": "Tocar fuerte"}\
            """;
}
