package com.electroisla.bench.http;

import com.electroisla.bench.shop.Measured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * wrk with a script that does the counting: wrk's own figures would count calls, not purchases, and leave out those
 * still running at the end.
 */
public final class WrkLoad implements HttpLoad {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Path folder;
    private final Path script;
    private final String version;
    private final Map<Plan, Path> written = new HashMap<>();

    private WrkLoad(Path folder, Path script, String version) {
        this.folder = folder;
        this.script = script;
        this.version = version;
    }

    /** The load by wrk; empty when it is not installed. */
    public static Optional<HttpLoad> find(Path folder) throws IOException {
        try {
            Process process =
                    new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start();
            String first = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("wrk");
            Path script = folder.resolve("buyers.lua");
            try (InputStream in = Objects.requireNonNull(WrkLoad.class.getResourceAsStream("buyers.lua"))) {
                Files.write(script, in.readAllBytes());
            }
            return Optional.of(new WrkLoad(folder, script, first.replaceFirst(" \\[.*", "")));
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    @Override
    public String describe() {
        return version;
    }

    @Override
    public Measured run(Plan plan, int port, int connections, Duration time) throws Exception {
        Path buyers = file(plan);
        Path result = folder.resolve("resultado");
        Files.deleteIfExists(result);
        long longest = time.plus(GRACE).toSeconds();
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t",
                        "1",
                        "-c",
                        Integer.toString(connections),
                        "-d",
                        longest + "s",
                        "--timeout",
                        longest + "s",
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port,
                        "--",
                        buyers.toString(),
                        Double.toString(time.toNanos() / 1e9),
                        plan.again() ? "again" : "once",
                        result.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("wrk.txt").toFile())
                .start();
        try {
            while (!Files.exists(result) && wrk.isAlive()) {
                wrk.waitFor(5, TimeUnit.MILLISECONDS);
            }
        } finally {
            // All buyers are served; the rest of wrk's time would only be waiting.
            wrk.destroyForcibly().waitFor();
        }
        if (!Files.exists(result)) {
            throw new IllegalStateException(
                    "wrk: " + Files.readString(folder.resolve("wrk.txt")).strip());
        }
        return parse(Files.readAllLines(result));
    }

    /** The file of a plan, which is used in every round and written once. */
    private Path file(Plan plan) {
        return written.computeIfAbsent(plan, fresh -> {
            Path file = folder.resolve("compradores-" + written.size());
            fresh.write(file);
            return file;
        });
    }

    private static Measured parse(List<String> lines) {
        String[] first = lines.getFirst().split(" ", 2);
        if (first.length > 1 && !first[1].isBlank()) {
            throw new IllegalStateException(first[1]);
        }
        long[] waits =
                lines.stream().skip(1).mapToLong(Long::parseLong).sorted().toArray();
        return Measured.of(Long.parseLong(first[0]), waits);
    }
}
