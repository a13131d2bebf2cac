package com.electroisla.launcher;

import com.electroisla.demo.DemoUser;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The buyers of the training server, all at once and for some seconds: the compiler's profiles, which the cache keeps,
 * are then those of a busy shop, and the first seconds of a rush find their code compiled
 * (docs/decisions/0013-warm-start.md).
 */
final class TrainingRush {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final int READERS = 3;
    private static final int PRODUCTS = 10;
    private static final Pattern ACCESS = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern REFRESH = Pattern.compile("\"refresh_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("^\\{\\s*\"id\"\\s*:\\s*(\\d+)");

    private final int port;
    private final Duration lasts;

    TrainingRush(int port, Duration lasts) {
        this.port = port;
        this.lasts = lasts;
    }

    /** Returns when the time is over; a buyer whose connection breaks goes home earlier. */
    void run() throws InterruptedException {
        List<Runnable> people = new ArrayList<>();
        Stream.of(DemoUser.values())
                .filter(user -> user.role().equals("cliente"))
                .forEach(user -> people.add(() -> buys(user)));
        for (int i = 0; i < READERS; i++) {
            people.add(this::looksAround);
        }
        ExecutorService crowd = Executors.newFixedThreadPool(people.size());
        people.forEach(crowd::execute);
        crowd.shutdown();
        if (!crowd.awaitTermination(lasts.plus(GRACE).toSeconds(), TimeUnit.SECONDS)) {
            crowd.shutdownNow();
        }
    }

    /** Signs in, and then fills the cart, checks out, renews, gives up, pays and cancels, again and again. */
    private void buys(DemoUser user) {
        try (TrainingLine line = new TrainingLine(port)) {
            String signIn = line.send("POST", "/api/login/", "", login(user)).body();
            String token = find(ACCESS, signIn);
            String refresh = find(REFRESH, signIn);
            long end = System.nanoTime() + lasts.toNanos();
            for (int round = 0; System.nanoTime() < end && !token.isEmpty(); round++) {
                int product = 1 + round % PRODUCTS;
                line.send("POST", "/api/carrito/vaciar/", token, "");
                line.send("POST", "/api/carrito/agregar/", token, "{\"product_id\": " + product + ", \"quantity\": 1}");
                line.send("POST", "/api/carrito/checkout/", token, "");
                line.send("POST", "/api/carrito/checkout/", token, "");
                line.send("GET", "/api/carrito/", token, "");
                line.send("GET", "/api/quien-soy/", token, "");
                if (round % 2 == 0) {
                    line.send("POST", "/api/carrito/checkout/cancelar/", token, "");
                    line.send("POST", "/api/carrito/checkout/", token, "");
                }
                if (round % 3 == 0) {
                    payAndCancel(line, token);
                }
                String pair = line.send("POST", "/api/token/refresh/", "", "{\"refresh_token\": \"" + refresh + "\"}")
                        .body();
                token = find(ACCESS, pair);
                refresh = find(REFRESH, pair);
            }
        } catch (IOException slowOrGone) {
            // Whether there is a cache is seen when the server ends.
        }
    }

    private static void payAndCancel(TrainingLine line, String token) throws IOException {
        String order = line.send(
                        "POST",
                        "/api/pedidos/",
                        token,
                        "{\"metodo_pago\": \"efectivo\", \"direccion_entrega\": \"Calle 1\", "
                                + "\"telefono\": \"3000000000\", \"notas\": \"\"}")
                .body();
        line.send("GET", "/api/reservas/", token, "");
        line.send("GET", "/api/pedidos/", token, "");
        String id = find(ID, order);
        if (!id.isEmpty()) {
            // The units come back, so that the demo's few do not run out.
            line.send("POST", "/api/pedidos/" + id + "/cancelar/", token, "");
        }
    }

    private void looksAround() {
        long end = System.nanoTime() + lasts.toNanos();
        try (TrainingLine line = new TrainingLine(port)) {
            for (int round = 0; System.nanoTime() < end; round++) {
                int product = 1 + round % PRODUCTS;
                line.send("GET", "/api/productos/", "", "");
                line.send("GET", "/api/productos/" + product + "/", "", "");
                line.send("GET", "/api/productos/?search=a&page_size=10", "", "");
                line.send("GET", "/", "", "");
                line.send("GET", "/productos/" + product + "/", "", "");
                line.send("GET", "/health/ready", "", "");
            }
        } catch (IOException slowOrGone) {
            // As above.
        }
    }

    private static String login(DemoUser user) {
        return "{\"username\": \"" + user.username() + "\", \"password\": \"" + DemoUser.PASSWORD + "\"}";
    }

    private static String find(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }
}
