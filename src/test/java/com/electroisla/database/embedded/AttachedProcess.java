package com.electroisla.database.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that attaches to a home, prints so, and detaches when its input ends. {@link Main} runs in it;
 * the rest is the test's handle on it.
 */
final class AttachedProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private AttachedProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /**
     * Prints {@code progress <line>} for each line of progress, {@code url <url>} once attached, and
     * {@code refused <reason>} on a failure.
     */
    static final class Main {
        public static void main(String[] args) throws IOException {
            try (var attachment = EmbeddedPostgres.attach(Path.of(args[0]), AttachedProcess::progress)) {
                System.out.println("url " + attachment.target().url());
                System.in.read();
            } catch (EmbeddedPostgresException refused) {
                System.out.println("refused " + refused.getMessage());
                return;
            }
            System.out.println("left");
        }
    }

    private static void progress(String line) {
        System.out.println("progress " + line);
    }

    static AttachedProcess start(Path home, String... prefix) {
        return start(home, System.getProperty("java.class.path"), prefix);
    }

    /**
     * Starts the process with a class path of its own; the prefix is a command that runs the rest of its arguments.
     */
    static AttachedProcess start(Path home, String classPath, String... prefix) {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                classPath,
                Main.class.getName(),
                home.toString()));
        try {
            return new AttachedProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The process's next line; the text null at its end. */
    String says() {
        try {
            return String.valueOf(output.readLine());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The URL it attached to; fails with any other line. */
    String url() {
        String line = says();
        while (line.startsWith("progress ")) {
            line = says();
        }
        if (!line.startsWith("url ")) {
            throw new AssertionError("not attached: " + line);
        }
        return line.substring("url ".length());
    }

    /** Kills it with SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The reason of its refusal; fails with any other line. */
    String refusal() {
        String line = says();
        while (line.startsWith("progress ")) {
            line = says();
        }
        if (!line.startsWith("refused ")) {
            throw new AssertionError("not refused: " + line);
        }
        return line.substring("refused ".length());
    }

    /** Lets it detach, and waits for its end. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("the process does not leave");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
