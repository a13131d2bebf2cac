package com.electroisla.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the Maven wrapper and turns its thousands of download lines into one line every few seconds. */
final class Maven {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final String JVM_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private final Path base;
    private final PrintStream messages;

    Maven(Path base, PrintStream messages) {
        this.base = base;
        this.messages = messages;
    }

    /**
     * Runs Maven to its end.
     *
     * @param eachLine gets every line but those about downloads
     * @return Maven's exit code
     */
    int run(List<String> arguments, Consumer<String> eachLine) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                base.resolve("mvnw").toString(),
                "-B",
                "-f",
                base.resolve("pom.xml").toString()));
        if (!Files.isExecutable(base.resolve("mvnw"))) {
            line.addFirst("sh");
        }
        line.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(base.toFile()).redirectErrorStream(true);
        // Too short a life for what the second compiler makes faster.
        builder.environment().merge("MAVEN_OPTS", JVM_OPTIONS, (operators, ours) -> ours + " " + operators);
        Process process = builder.start();
        process.getOutputStream().close();
        var downloads = new Downloads();
        try (BufferedReader output = process.inputReader()) {
            for (String text = output.readLine(); text != null; text = output.readLine()) {
                if (!downloads.count(text)) {
                    eachLine.accept(text);
                }
            }
        }
        downloads.finish();
        return process.waitFor();
    }

    /** Counts the downloaded files. */
    private final class Downloads {
        private int files;
        private long lastLine = System.nanoTime();

        boolean count(String line) {
            if (line.contains("Downloading from ")) {
                return true;
            }
            if (!line.contains("Downloaded from ")) {
                return false;
            }
            files++;
            if (System.nanoTime() - lastLine > BETWEEN_LINES.toNanos()) {
                lastLine = System.nanoTime();
                messages.println("  descargando dependencias: " + files + " archivos");
            }
            return true;
        }

        void finish() {
            if (files > 0) {
                messages.println("  dependencias descargadas: " + files + " archivos");
            }
        }
    }
}
