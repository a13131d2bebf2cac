package com.electroisla.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.Eventually;
import com.electroisla.ShopFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The packaged server with the heap that {@code manage} gives it, under attack by callers who are not signed in: the
 * server survives, and buyers are answered.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCallersProcessIT {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

    private ShopFixture fixture;
    private ServerProcess server;

    @BeforeAll
    void a_server() throws Exception {
        fixture = new ShopFixture();
        for (int i = 0; i < 60; i++) {
            fixture.productWithStock(5);
        }
        Path home = Files.createTempDirectory(Path.of("target"), "hostil").toAbsolutePath();
        server = ServerProcess.start(home, ServerProcess.on(fixture.target));
    }

    @AfterAll
    void the_server_is_still_there() {
        server.close();
        fixture.close();
    }

    @Test
    void large_forms_without_a_session_are_refused_before_they_are_read() throws Exception {
        Map<String, Integer> answers = attack(28, 28, socket -> {
            send(
                    socket,
                    "POST /admin/productos/importar HTTP/1.1\r\nHost: 127.0.0.1\r\n" + FORM
                            + "Content-Length: 4194304\r\n\r\n");
            return status(read(socket));
        });
        // The limit of simultaneous look-ups of sessions; the others are told to come back.
        assertTrue(
                answers.getOrDefault("403", 0) >= 16 && Set.of("403", "503").containsAll(answers.keySet()),
                answers::toString);
    }

    @Test
    void thousands_of_bodies_that_are_held_back_cost_the_server_nothing_and_buyers_are_answered() throws Exception {
        String head = "POST /api/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + JSON + "Content-Length: 65536\r\n\r\n";
        Map<String, Integer> answers = attack(4_500, 4_500, socket -> {
            send(socket, head + "{".repeat(65_535));
            return status(read(socket));
        });
        assertTrue(answers.getOrDefault("503", 0) > 1_000, answers::toString);
    }

    @Test
    void thousands_of_whole_bodies_are_answered_or_refused() throws Exception {
        String body = "{\"username\":\"" + "a".repeat(65_000) + "\",\"password\":\"x\"}";
        String request = "POST /api/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + JSON
                + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        Map<String, Integer> answers = attack(1_500, 500, socket -> {
            // The last one waits for the password checks and refusals of all.
            socket.setSoTimeout(60_000);
            send(socket, request);
            return status(read(socket));
        });
        assertEquals(
                1_500, answers.values().stream().mapToInt(Integer::intValue).sum());
        assertFalse(answers.containsKey("gone"), () -> "some lost their answer: " + answers);
    }

    @Test
    void thousands_of_heads_of_tiny_headers_that_never_end_cost_the_server_nothing() throws Exception {
        attack(3_000, 3_000, socket -> {
            send(socket, "GET /api/productos/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "a:b\r\n".repeat(4_000));
            return status(read(socket));
        });
    }

    @Test
    void readers_who_do_not_read_lose_their_answers_and_the_server_lives() throws Exception {
        attack(800, 800, socket -> {
            send(socket, "GET /recursos/pico.min.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".repeat(12));
            return "sent";
        });
    }

    @Test
    void what_never_becomes_a_request_is_refused_in_json() throws Exception {
        for (String sent : List.of(
                "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "a".repeat(30_000) + "\r\n\r\n")) {
            try (Socket socket = new Socket("127.0.0.1", server.port)) {
                socket.setSoTimeout(10_000);
                send(socket, sent);
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(
                        answer.startsWith("HTTP/1.1 4")
                                && answer.contains("application/json")
                                && answer.contains("\"code\":"),
                        answer);
            }
        }
    }

    @Test
    void one_address_has_so_many_streams_and_the_next_is_told_to_come_back() throws Exception {
        Queue<Socket> open = new ConcurrentLinkedQueue<>();
        Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
        try {
            for (int i = 0; i < 120; i++) {
                Socket socket = new Socket("127.0.0.1", server.port);
                open.add(socket);
                socket.setSoTimeout(10_000);
                send(
                        socket,
                        "GET /vivo/?productos=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 203.0.113." + i
                                + "\r\n\r\n");
                String answer = readHead(socket);
                seen.computeIfAbsent(status(answer), _ -> new AtomicInteger()).incrementAndGet();
                assertTrue(!answer.startsWith("HTTP/1.1 503 ") || answer.contains("etry-After: "), answer);
            }
            assertEquals(50, seen.get("200").get(), seen::toString);
            assertEquals(70, seen.get("503").get(), "a claimed address changes nothing: " + seen);
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
        Eventually.until(() -> {
            try (Socket socket = new Socket("127.0.0.1", server.port)) {
                socket.setSoTimeout(10_000);
                send(socket, "GET /vivo/?productos=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                return status(readHead(socket)).equals("200");
            }
        });
    }

    private interface Caller {
        String call(Socket socket) throws IOException;
    }

    /** Attacks: all callers hold their connections until the last one has sent its part; a buyer buys meanwhile. */
    private Map<String, Integer> attack(int callers, int atOnce, Caller caller) throws Exception {
        Map<String, Integer> answers = new ConcurrentHashMap<>();
        Queue<Socket> open = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(callers);
        Semaphore turns = new Semaphore(atOnce);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var buyer = threads.submit(() -> buy(over));
            for (int i = 0; i < callers; i++) {
                turns.acquire();
                threads.submit(() -> {
                    String answer = "gone";
                    try {
                        Socket socket = new Socket("127.0.0.1", server.port);
                        open.add(socket);
                        socket.setSoTimeout(6_000);
                        answer = caller.call(socket);
                    } catch (IOException cutOff) {
                        // The server may cut the connection.
                    } finally {
                        answers.merge(answer, 1, Integer::sum);
                        turns.release();
                        done.countDown();
                    }
                });
            }
            done.await();
            over.set(true);
            int bought = buyer.get();
            assertTrue(bought >= 3, () -> "a buyer was answered " + bought + " times; the others got " + answers);
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
        System.out.println("hostile: " + answers);
        assertTrue(server.process().isAlive(), server::output);
        assertFalse(server.output().contains("OutOfMemory"), server::output);
        Eventually.until(() -> server.send("GET", "/api/productos/", null, null).statusCode() == 200);
        return answers;
    }

    /** The number of answers to a buyer's requests: a list, and a call with a body. */
    private int buy(AtomicBoolean over) throws Exception {
        int answered = 0;
        do {
            try {
                if (server.send("GET", "/api/productos/", null, null).statusCode() == 200
                        && server.send("POST", "/api/token/refresh/", null, "{\"refresh_token\":\"x\"}")
                                        .statusCode()
                                == 401) {
                    answered++;
                }
            } catch (IOException refused) {
                // A buyer tries again.
            }
        } while (!over.get() || answered < 3 && server.process().isAlive());
        return answered;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String status(String answer) {
        return answer.length() > 12 ? answer.substring(9, 12) : "gone";
    }

    private static String read(Socket socket) throws IOException {
        byte[] start = new byte[200];
        int length = socket.getInputStream().read(start);
        return length < 0 ? "" : new String(start, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static String readHead(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }
}
