package com.electroisla.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.docs.Debian;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The files of {@code deploy/} for systemd, cron and logrotate, run as they are; and the messages of a failed start.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "systemd and mount namespaces are Linux's own")
final class ShippedUnitsProcessIT {
    private static final Path SERVER = Path.of("deploy/electro-isla.service");
    private static final Path SWEEP = Path.of("deploy/electro-isla-sweep.service");

    @TempDir
    static Path folder;

    @BeforeAll
    static void look_at_the_machine() {
        UnitSandbox.needsRoot();
    }

    private record Ended(int code, String output) {}

    @Test
    void the_servers_unit_serves_as_it_is_and_the_sweeps_unit_and_crons_line_work_beside_it() throws Exception {
        Path shop = Files.createDirectory(folder.resolve("tienda"));
        serves(shop, SERVER, () -> {
            Ended sweep = end(sandbox(shop, SWEEP, Map.of(), "").startUnit("", ""));
            assertEquals(0, sweep.code(), sweep.output());
            assertTrue(sweep.output().contains("✅ 0 reservas expiradas liberadas exitosamente"), sweep.output());
            Ended cron = end(sandbox(shop, SERVER, Map.of(), "")
                    .startOutside(cronCommand().replaceFirst(" >> .*", "")));
            assertEquals(0, cron.code(), cron.output());
            assertTrue(cron.output().contains("✅ 0 reservas expiradas liberadas exitosamente"), cron.output());
        });
        Ended alone = end(sandbox(shop, SWEEP, Map.of(), "").startUnit("", ""));
        assertEquals(0, alone.code(), alone.output());
    }

    @Test
    void it_serves_also_where_the_systems_temporary_folder_cannot_be_written() throws Exception {
        Path shop = Files.createDirectory(folder.resolve("sin-tmp"));
        Path unit = Files.writeString(
                shop.resolve("electro-isla.service"), Files.readString(SERVER).replace("PrivateTmp=yes\n", ""));
        serves(shop, unit, () -> {});
    }

    private interface Meanwhile {
        void happens() throws Exception;
    }

    private static void serves(Path shop, Path unit, Meanwhile meanwhile) throws Exception {
        int port = freePort();
        Process server = sandbox(shop, unit, Map.of(), "").startUnit("127.0.0.1:8000", "127.0.0.1:" + port);
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(server));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !server.isAlive() || isReady(port));
            assertTrue(server.isAlive(), () -> output.join());
            assertEquals(200, status("http://127.0.0.1:" + port + "/entrar/"));
            meanwhile.happens();
        } finally {
            server.destroy();
            if (!server.waitFor(60, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
        String success = Files.readString(unit).contains("SuccessExitStatus=143") ? "143" : "0";
        assertEquals(success, Integer.toString(server.exitValue()), output::join);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ro; ; /var/lib/electro-isla/logs: es de solo lectura",
                "size=1m; ; El disco está lleno",
                "noexec; ; no se puede ejecutar",
                "; DATABASE_URL=postgresql://nadie:clave@127.0.0.1:1/no; No se puede conectar con la base de datos",
                "; ELECTRO_ISLA_TTL=pronto; ELECTRO_ISLA_TTL",
                "; ELECTRO_ISLA_JAVA_OPTS=-Xms4g; heap"
            })
    void a_start_that_fails_says_why_and_exits_with_a_failure(String state, String setting, String why)
            throws Exception {
        Path shop = Files.createTempDirectory(folder, "falla");
        Map<String, String> environment = setting == null
                ? Map.of()
                : Map.of(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        Ended ended = end(sandbox(shop, SERVER, environment, state == null ? "" : state)
                .startUnit("127.0.0.1:8000", "127.0.0.1:" + freePort()));
        assertEquals(1, ended.code(), ended.output());
        assertTrue(ended.output().contains(why), ended.output());
        assertTrue(!ended.output().contains("\tat ") && !ended.output().contains("Exception"), ended.output());
        assertTrue(!ended.output().contains("clave@"), ended.output());
    }

    @Test
    void a_port_that_another_program_has_is_named() throws Exception {
        Path shop = Files.createTempDirectory(folder, "puerto");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = end(sandbox(shop, SERVER, Map.of(), "")
                    .startUnit("127.0.0.1:8000", "127.0.0.1:" + taken.getLocalPort()));
            assertEquals(1, ended.code());
            assertTrue(
                    ended.output().contains("No se puede escuchar en 127.0.0.1:" + taken.getLocalPort()),
                    ended.output());
        }
    }

    @Test
    void the_units_let_in_little() {
        String analyze = Debian.program("systemd-analyze", "systemd");
        for (Path unit : List.of(SERVER, SWEEP)) {
            Debian.Ended judged = Debian.run(
                    List.of(analyze, "security", "--offline=true", "--no-pager", "--threshold=30", unit.toString()));
            assertEquals(0, judged.code(), () -> judged.output().getLast());
        }
        Debian.Ended calendar = Debian.run(
                List.of(analyze, "calendar", value(Path.of("deploy/electro-isla-sweep.timer"), "OnCalendar")));
        assertEquals(0, calendar.code(), calendar::text);
    }

    @Test
    void logrotate_rotates_what_crons_line_writes() throws Exception {
        String logrotate = Debian.program("logrotate", "logrotate");
        Path root = Files.createDirectory(folder.resolve("rota"));
        Files.writeString(root.resolve("x.log"), "una línea\n");
        Files.writeString(
                root.resolve("passwd"),
                Files.readString(Path.of("/etc/passwd")) + "electro-isla:x:64321:64321::/:/bin/sh\n");
        Files.writeString(root.resolve("group"), Files.readString(Path.of("/etc/group")) + "electro-isla:x:64321:\n");
        Debian.run(List.of("cp", "deploy/electro-isla.logrotate", root.toString()));
        Path script = Files.writeString(root.resolve("rota.sh"), """
                set -e
                mount --make-rprivate /
                for each in passwd group; do mount --bind '%1$s'/$each /etc/$each; done
                mount -t tmpfs -o mode=755 tmpfs /var/log
                echo línea >/var/log/electro-isla-reservas.log
                chown electro-isla:electro-isla /var/log/electro-isla-reservas.log
                '%2$s' --force --state '%1$s'/estado '%1$s'/electro-isla.logrotate
                stat -c '%%n %%U %%a' /var/log/*
                """.formatted(root, logrotate));
        Debian.Ended ended = Debian.run(List.of("unshare", "--mount", "sh", script.toString()));
        assertEquals(
                List.of(
                        "/var/log/electro-isla-reservas.log electro-isla 640",
                        "/var/log/electro-isla-reservas.log.1 electro-isla 644"),
                ended.output());
    }

    private static UnitSandbox sandbox(Path shop, Path unit, Map<String, String> environment, String state) {
        return new UnitSandbox(shop, unit, environment, state);
    }

    private static String cronCommand() throws IOException {
        String line = Files.readAllLines(Path.of("deploy/electro-isla.cron")).stream()
                .filter(each -> each.startsWith("*"))
                .findFirst()
                .orElseThrow();
        String[] parts = line.split(" ", 7);
        assertEquals("electro-isla", parts[5]);
        return parts[6];
    }

    private static String value(Path file, String key) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key + "="))
                    .findFirst()
                    .orElseThrow()
                    .substring(key.length() + 1);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Ended end(Process process) throws InterruptedException {
        String output = read(process);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
        return new Ended(process.exitValue(), output);
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private static boolean isReady(int port) {
        return status("http://127.0.0.1:" + port + "/health/ready") == 200;
    }

    private static int status(String address) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .timeout(Duration.ofSeconds(30))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notListening) {
            return 0;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
