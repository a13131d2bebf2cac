package com.electroisla.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.LongProofs;
import com.electroisla.ShopFixture;
import com.electroisla.accounts.TestTokens;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * 64 threads act at random as 200 buyers, on two servers and one database, while holds are made to expire. Some buyers
 * use both servers at once, and carts have their products in opposite order.
 */
class TwoServersStressProcessIT {
    private static final int THREADS = 64;
    private static final int BUYERS = 200;
    private static final int PRODUCTS = 20;
    private static final int UNITS = 50;
    private static final Duration DURATION = Duration.ofSeconds(LongProofs.orLonger(5, 60));
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ORDERED = "POST pedidos 201";
    private static final Set<Integer> EXPECTED = Set.of(200, 201, 400, 404, 409);

    private final List<Integer> buyers = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<Long> products = new ArrayList<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Bystander bystander = new Bystander();
    private final List<String> oddities = java.util.Collections.synchronizedList(new ArrayList<>());

    @Test
    void counters_agree_and_no_product_ever_promises_more_than_it_has() throws Exception {
        Path home = Files.createTempDirectory(Path.of("target"), "estres").toAbsolutePath();
        try (ShopFixture fixture = new ShopFixture()) {
            stock(fixture, home);
            Map<String, String> environment = new HashMap<>(ServerProcess.on(fixture.target));
            environment.put("ELECTRO_ISLA_LIMITE_AGREGAR", "off");
            try (ServerProcess one = ServerProcess.start(home.resolve("uno"), environment);
                    ServerProcess two = ServerProcess.start(home.resolve("dos"), environment)) {
                shopAtRandom(fixture, List.of(one, two));
                assertFalse(one.output().contains("SEVERE") || one.output().contains("ERROR"), one::output);
                assertFalse(two.output().contains("SEVERE") || two.output().contains("ERROR"), two::output);
            }
            System.out.println("stress: " + answers + ", a bystander's slowest commit: " + bystander.slowest());
            assertEquals(List.of(), oddities);
            assertEquals(List.of(), fixture.differences());
            assertEquals(
                    0, fixture.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
            assertEquals(0, fixture.number("""
                    SELECT count(*) FROM (SELECT usuario_id, producto_id FROM stock_reservations
                                          WHERE status = 'pending' AND expires_at > clock_timestamp()
                                          GROUP BY 1, 2 HAVING count(*) > 1) dobles
                    """));
            assertEquals(
                    fixture.number("SELECT sum(cantidad) FROM stock_reservations WHERE status = 'confirmed'"),
                    fixture.number("SELECT COALESCE(sum(cantidad), 0) FROM detalles_pedido"),
                    "what was sold is what was ordered");
            assertTrue(answers.getOrDefault(ORDERED, new AtomicInteger()).get() > 0, "orders were placed: " + answers);
        }
    }

    private void stock(ShopFixture fixture, Path home) {
        TestTokens mint = new TestTokens(fixture.shop.database(), home);
        for (int i = 0; i < PRODUCTS; i++) {
            products.add(fixture.productWithStock(UNITS));
        }
        for (int i = 0; i < BUYERS; i++) {
            int buyer = fixture.anyBuyer();
            buyers.add(buyer);
            tokens.add(mint.of(buyer));
        }
    }

    private void shopAtRandom(ShopFixture fixture, List<ServerProcess> servers) throws Exception {
        Lasting lasting = new Lasting(System.nanoTime() + DURATION.toNanos());
        try (var threads = Executors.newFixedThreadPool(THREADS + 2)) {
            List<Future<?>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                work.add(threads.submit(() -> {
                    while (lasting.goesOn()) {
                        int who = random.nextInt(BUYERS);
                        // A tenth of the buyers use both servers at once.
                        act(servers.get(who % 10 == 0 ? random.nextInt(2) : who % 2), who, random);
                    }
                    return null;
                }));
            }
            work.add(threads.submit(() -> bystander.commitWhile(fixture, lasting)));
            work.add(threads.submit(() -> {
                Random random = new Random(-1);
                while (lasting.goesOn()) {
                    int buyer = buyers.get(random.nextInt(BUYERS));
                    fixture.sql(
                            "UPDATE stock_reservations SET expires_at = clock_timestamp() WHERE "
                                    + "usuario_id = ? AND status = 'pending'",
                            buyer);
                    checkPromises(fixture);
                }
                return null;
            }));
            for (Future<?> each : work) {
                each.get();
            }
        }
    }

    /** The time of the shopping. On a machine with other work it lasts until somebody has bought. */
    private final class Lasting {
        private final long end;

        Lasting(long end) {
            this.end = end;
        }

        boolean goesOn() {
            long left = end - System.nanoTime();
            return left > 0 || left > -PATIENCE.toNanos() && !answers.containsKey(ORDERED);
        }
    }

    private void act(ServerProcess server, int who, Random random) throws Exception {
        String token = tokens.get(who);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                boolean upwards = random.nextBoolean();
                int first = random.nextInt(PRODUCTS - 3);
                for (int i = 0; i < 3; i++) {
                    long product = products.get(upwards ? first + i : first + 2 - i);
                    call(
                            server,
                            "agregar",
                            "POST",
                            "/api/carrito/agregar/",
                            token,
                            "{\"product_id\":" + product + ",\"quantity\":1}");
                }
            }
            case 3, 4, 5 -> call(server, "checkout", "POST", "/api/carrito/checkout/", token, null);
            case 6 -> call(server, "cancelar", "POST", "/api/carrito/checkout/cancelar/", token, null);
            case 7 -> call(server, "vaciar", "POST", "/api/carrito/vaciar/", token, null);
            default ->
                call(
                        server,
                        "pedidos",
                        "POST",
                        "/api/pedidos/",
                        token,
                        "{\"metodo_pago\":\"tarjeta\",\"direccion_entrega\":\"Calle 23\",\"telefono\":\"555-0100\"}");
        }
    }

    private void call(ServerProcess server, String name, String method, String path, String token, String body)
            throws Exception {
        HttpResponse<String> answer = server.send(method, path, token, body);
        answers.computeIfAbsent(method + " " + name + " " + answer.statusCode(), key -> new AtomicInteger())
                .incrementAndGet();
        if (!EXPECTED.contains(answer.statusCode()) && !isTheMachinesFault(answer)) {
            oddities.add(name + " " + answer.statusCode() + " " + answer.body());
        }
    }

    /**
     * Whether a refusal is due to a disk that stalls for seconds, which the server must answer with "not now"; then
     * the bystander is stalled as well.
     */
    private boolean isTheMachinesFault(HttpResponse<String> answer) {
        return answer.statusCode() == 503
                && answer.body().contains("base_de_datos_no_disponible")
                && answer.headers().firstValue("Retry-After").isPresent()
                && bystander.isStalled();
    }

    private void checkPromises(ShopFixture fixture) {
        long broken = fixture.number("""
                SELECT count(*) FROM productos p
                 WHERE stock_total < (SELECT COALESCE(sum(cantidad), 0) FROM stock_reservations r
                     WHERE r.producto_id = p.id AND status IN ('pending', 'confirmed'))
                """);
        if (broken > 0) {
            oddities.add(broken + " products promise more than they have");
        }
    }

    /** Commits a row of its own again and again: the time of a commit is then the machine's fault, not ours. */
    private static final class Bystander {
        private static final Duration STALL = Duration.ofSeconds(2);

        private final AtomicLong slowestNanos = new AtomicLong();
        private volatile long begun = System.nanoTime();

        Void commitWhile(ShopFixture fixture, Lasting lasting) {
            fixture.sql("CREATE TABLE transeunte (n bigint NOT NULL)");
            fixture.sql("INSERT INTO transeunte VALUES (0)");
            while (lasting.goesOn()) {
                begun = System.nanoTime();
                fixture.sql("UPDATE transeunte SET n = n + 1");
                slowestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
            }
            return null;
        }

        Duration slowest() {
            return Duration.ofNanos(slowestNanos.get());
        }

        /** Whether a commit took so long, or is taking so long. */
        boolean isStalled() {
            return Math.max(slowestNanos.get(), System.nanoTime() - begun) > STALL.toNanos();
        }
    }
}
