package com.electroisla.idempotency;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.http.server.SignedInTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code Idempotency-Key} on every signed-in POST: a repetition gets the first answer and changes nothing. */
@QuarkusTest
class IdempotencyIT extends SignedInTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A POST by a buyer, with the cart, the holds and the orders that it needs. */
    enum Post {
        ADD("/api/carrito/agregar/", 201),
        CLEAR("/api/carrito/vaciar/", 200),
        CHECKOUT("/api/carrito/checkout/", 200),
        CANCEL_CHECKOUT("/api/carrito/checkout/cancelar/", 200),
        PAY("/api/pedidos/", 201),
        CANCEL_ORDER("/api/pedidos/ID/cancelar/", 200);

        final String path;
        final int status;

        Post(String path, int status) {
            this.path = path;
            this.status = status;
        }
    }

    /** A buyer with two units in the cart and held, and an order of one. */
    private final class Scene {
        final long lamp = given.product("Lámpara", "5.00", 50);
        final int buyer = given.buyerWith(lamp, 1);
        final String order;

        Scene() {
            as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
            order = as(buyer)
                    .body(PAYMENT)
                    .post("/api/pedidos/")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id")
                    .toString();
            given.inCart(buyer, lamp, 2);
            as(buyer).post("/api/carrito/checkout/").then().statusCode(200);
        }

        String path(Post post) {
            return post.path.replace("ID", order);
        }

        String body(Post post) {
            return switch (post) {
                case ADD -> line(lamp, 1);
                case PAY -> PAYMENT;
                default -> "";
            };
        }

        Response send(Post post, String key) {
            return send(post, key, body(post));
        }

        Response send(Post post, String key, String body) {
            return as(buyer).header("Idempotency-Key", key).body(body).post(path(post));
        }

        /** All data of the buyer that a second effect would change. */
        String state() {
            return given.figures(lamp) + " " + given.texts("""
                    SELECT id || status || expires_at FROM stock_reservations WHERE usuario_id = ?
                    UNION ALL SELECT p.id || estado FROM pedidos p WHERE usuario_id = ?
                    UNION ALL SELECT quantity::text FROM cart_items JOIN carts c ON c.id = cart_id WHERE user_id = ?
                    UNION ALL SELECT a.id || action FROM cart_audit_logs a WHERE user_id = ?
                    UNION ALL SELECT m.id || tipo FROM movimientos_stock m WHERE usuario_id = ?
                    ORDER BY 1""", buyer, buyer, buyer, buyer, buyer);
        }
    }

    @AfterEach
    void figures_and_rows_agree_whatever_was_done() {
        assertEquals(List.of(), given.differences());
    }

    @ParameterizedTest
    @MethodSource("posts")
    void a_repeat_gets_the_first_answer_byte_for_byte_and_changes_nothing(Post post) {
        Scene scene = new Scene();
        clock.advance(Duration.ofSeconds(1));
        String before = scene.state();
        byte[] first = scene.send(post, "clave")
                .then()
                .statusCode(post.status)
                .extract()
                .asByteArray();
        String after = scene.state();
        assertFalse(before.equals(after), "the first one did something");

        clock.advance(Duration.ofMinutes(1));
        for (String path : List.of(scene.path(post), scene.path(post).replaceFirst("/$", ""))) {
            byte[] again = as(scene.buyer)
                    .header("Idempotency-Key", "clave")
                    .header("Accept-Language", "en")
                    .body(scene.body(post))
                    .post(path)
                    .then()
                    .statusCode(post.status)
                    .contentType("application/json; charset=utf-8")
                    .extract()
                    .asByteArray();
            assertArrayEquals(first, again);
        }
        assertEquals(after, scene.state());
    }

    @ParameterizedTest
    @MethodSource("posts")
    void the_same_key_with_another_body_is_refused_and_changes_nothing(Post post) {
        Scene scene = new Scene();
        scene.send(post, "clave").then().statusCode(post.status);
        String after = scene.state();
        String other = post == Post.ADD
                ? line(scene.lamp, 2)
                : post == Post.PAY ? PAYMENT.replace("Calle 23", "Calle 24") : "{}";
        scene.send(post, "clave", other)
                .then()
                .statusCode(422)
                .body("code", equalTo("clave_reutilizada"))
                .body("error", equalTo("Esa Idempotency-Key ya se usó con otra solicitud."));
        assertEquals(after, scene.state());
        scene.send(post, "clave").then().statusCode(post.status);
    }

    static Stream<Post> posts() {
        return Stream.of(Post.values());
    }

    @ParameterizedTest
    @MethodSource("posts")
    void a_repeat_while_the_first_still_runs_waits_for_its_answer(Post post) throws Exception {
        Scene scene = new Scene();
        Response first;
        Response repeat;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Response>> both = database.inTransaction(handle -> {
                handle.execute("SELECT 1 FROM carts WHERE user_id = ? FOR UPDATE", scene.buyer);
                var running = CompletableFuture.supplyAsync(() -> scene.send(post, "clave"), clients);
                Eventually.until(() -> waitingForLocks() >= 1 || running.isDone());
                var repeated = CompletableFuture.supplyAsync(() -> scene.send(post, "clave"), clients);
                Eventually.until(() -> waitingForLocks() >= 2 || isDecidedInBatches(post) || repeated.isDone());
                assertFalse(running.isDone(), () -> running.join().asString());
                assertFalse(repeated.isDone(), () -> repeated.join().asString());
                return List.of(running, repeated);
            });
            first = both.getFirst().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            repeat = both.getLast().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        assertEquals(post.status, first.statusCode());
        assertEquals(post.status, repeat.statusCode());
        assertArrayEquals(first.asByteArray(), repeat.asByteArray());
        String after = scene.state();
        scene.send(post, "clave").then().statusCode(post.status);
        assertEquals(after, scene.state());
    }

    /** Whether a repetition queues behind the batch of the first request, which is the one that waits for the lock. */
    private static boolean isDecidedInBatches(Post post) {
        return post != Post.CANCEL_ORDER;
    }

    /**
     * The number of waiting sessions. Asked inside the transaction that holds the lock, where statistics would
     * otherwise stay as first read.
     */
    private long waitingForLocks() {
        given.texts("SELECT CAST(pg_stat_clear_snapshot() AS text)");
        return given.waitingForLocks();
    }

    @Test
    void a_day_later_the_key_is_new() {
        Scene scene = new Scene();
        scene.send(Post.ADD, "diaria").then().statusCode(201).body("total_items", equalTo(3));
        clock.advance(Duration.ofHours(24).minusNanos(1_000));
        scene.send(Post.ADD, "diaria").then().statusCode(201).body("total_items", equalTo(3));
        clock.advance(Duration.ofNanos(1_000));
        scene.send(Post.ADD, "diaria").then().statusCode(201).body("total_items", equalTo(4));
        scene.send(Post.ADD, "diaria").then().statusCode(201).body("total_items", equalTo(4));
    }

    @Test
    void a_key_belongs_to_one_user_and_one_path() {
        Scene scene = new Scene();
        Scene other = new Scene();
        scene.send(Post.CHECKOUT, "clave").then().statusCode(200);
        other.send(Post.CHECKOUT, "clave").then().statusCode(200);
        scene.send(Post.CANCEL_CHECKOUT, "clave").then().statusCode(200).body("reservas_canceladas", equalTo(1));
        scene.send(Post.ADD, "clave").then().statusCode(201);
    }

    @Test
    void the_domains_own_refusals_are_kept() {
        long lamp = given.product("Lámpara", "5.00", 1);
        int buyer = given.buyerWith(lamp, 2);
        Map<String, String> key = Map.of("Idempotency-Key", "clave");
        String refused = as(buyer)
                .headers(key)
                .post("/api/carrito/checkout/")
                .then()
                .statusCode(409)
                .extract()
                .asString();
        String missing = as(buyer)
                .headers(key)
                .post("/api/carrito/checkout/cancelar/")
                .then()
                .statusCode(404)
                .extract()
                .asString();
        String shortage = as(buyer)
                .headers(key)
                .body(line(lamp, 1))
                .post("/api/carrito/agregar/")
                .then()
                .statusCode(400)
                .extract()
                .asString();
        given.sql("UPDATE productos SET stock_total = 10 WHERE id = ?", lamp);

        assertEquals(
                refused,
                as(buyer)
                        .headers(key)
                        .post("/api/carrito/checkout/")
                        .then()
                        .statusCode(409)
                        .extract()
                        .asString());
        as(buyer)
                .header("Idempotency-Key", "otra")
                .post("/api/carrito/checkout/")
                .then()
                .statusCode(200);
        assertEquals(
                missing,
                as(buyer)
                        .headers(key)
                        .post("/api/carrito/checkout/cancelar/")
                        .then()
                        .statusCode(404)
                        .extract()
                        .asString());
        assertEquals(
                shortage,
                as(buyer)
                        .headers(key)
                        .body(line(lamp, 1))
                        .post("/api/carrito/agregar/")
                        .then()
                        .statusCode(400)
                        .extract()
                        .asString());
    }

    @Test
    void a_401_is_not_kept() {
        Scene scene = new Scene();
        RestAssured.given()
                .header("Authorization", "Bearer " + tokens.expired(scene.buyer))
                .header("Idempotency-Key", "clave")
                .post("/api/carrito/checkout/")
                .then()
                .statusCode(401);
        scene.send(Post.CHECKOUT, "clave").then().statusCode(200);
    }

    @Test
    void a_key_may_be_255_characters_of_anything_and_a_blank_one_is_none() {
        Scene scene = new Scene();
        String longest = "ñ'\";--%_".repeat(40).substring(0, 255);
        scene.send(Post.ADD, longest).then().statusCode(201).body("total_items", equalTo(3));
        scene.send(Post.ADD, longest).then().statusCode(201).body("total_items", equalTo(3));
        scene.send(Post.ADD, " ").then().body("total_items", equalTo(4));
        scene.send(Post.ADD, " ").then().body("total_items", equalTo(5));
        assertTrue(scene.send(Post.ADD, longest + "x")
                .then()
                .statusCode(400)
                .extract()
                .asString()
                .contains("Idempotency-Key"));
    }
}
