package com.electroisla.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.docs.DocsPage.Block;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * One walk through a {@link DocsPage}: its blocks run in order in one bash, as if pasted, and each output is compared
 * with the page. The walk ends at the first difference and names the line of the page.
 */
final class ExecutedPage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** A progress line of a long migration: on a busy machine it may appear, and no page shows it. */
    private static final Pattern PROGRESS = Pattern.compile("\\.\\.\\. .+: \\d+ s(;.*)?");

    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private final DocsPage page;
    private final String walk;
    private final Path folder;
    private final UnaryOperator<String> readersOwn;
    private final Process bash;
    private final Writer input;
    private final BufferedReader output;
    private final List<Process> background = new ArrayList<>();
    private String token = "";
    private final Map<String, String> environment;
    private int executed;

    /**
     * @param walk the name of this database in the page's {@code only=}
     * @param folder the commands' working directory
     * @param readersOwn replaces the page's examples by the reader's own values
     */
    ExecutedPage(
            DocsPage page, String walk, Path folder, Map<String, String> environment, UnaryOperator<String> readersOwn)
            throws IOException {
        this.page = page;
        this.walk = walk;
        this.folder = folder;
        this.environment = environment;
        this.readersOwn = readersOwn;
        this.bash = builder("bash", "--noprofile", "--norc")
                .redirectErrorStream(true)
                .start();
        this.input = new OutputStreamWriter(bash.getOutputStream(), StandardCharsets.UTF_8);
        this.output = bash.inputReader(StandardCharsets.UTF_8);
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("ELECTRO_ISLA_") || name.equals("DATABASE_URL"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** @return how many blocks ran */
    int walk() throws IOException {
        Printed printed = new Printed(0, "", 0);
        for (Block block : page.blocks()) {
            if (!block.isFor(walk)) {
                continue;
            }
            switch (block.directive()) {
                case "run" -> printed = run(block);
                case "output" -> compare(block, printed);
                case "stop" -> stopBackground();
                default -> {
                    /* to be read only */
                }
            }
        }
        return executed;
    }

    private record Printed(int line, String text, int code) {}

    private Printed run(Block block) throws IOException {
        executed++;
        String text = readersOwn.apply(block.text()).replace("tu_token_aqui", token);
        Path script = Files.writeString(folder.resolve("bloque-" + block.line() + ".sh"), text);
        if (block.options().containsKey("background")) {
            Path out = folder.resolve("bloque-" + block.line() + ".txt");
            background.add(builder("bash", script.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start());
            return new Printed(block.line(), out.toString(), -1);
        }
        Printed printed = paste(block, script);
        int expected = Integer.parseInt(block.options().getOrDefault("exit", "0"));
        assertEquals(expected, printed.code(), () -> where(block) + "\n" + block.text() + printed.text());
        Matcher answer = TOKEN.matcher(printed.text());
        if (answer.find()) {
            token = answer.group(1);
        }
        return printed;
    }

    /**
     * Runs a block. Variables stay for the following blocks; standard input is empty, because otherwise the block
     * would read the next one.
     */
    private Printed paste(Block block, Path script) throws IOException {
        String end = "fin-" + block.line() + "-" + ProcessHandle.current().pid();
        input.write("source '" + script + "' </dev/null; printf '\\n%s %s\\n' " + end + " \"$?\"\n");
        input.flush();
        // A block that never ends would block the test; without bash, the reading ends.
        CompletableFuture<Void> alarm = CompletableFuture.runAsync(
                this::end, CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        try {
            return read(block, end);
        } finally {
            alarm.cancel(false);
        }
    }

    private Printed read(Block block, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(end + " ")) {
                // The line end before the mark belongs to the mark.
                text.setLength(Math.max(0, text.length() - 1));
                return new Printed(block.line(), text.toString(), Integer.parseInt(line.substring(end.length() + 1)));
            }
            if (!PROGRESS.matcher(line).matches()) {
                text.append(line).append('\n');
            }
        }
        throw new IllegalStateException(where(block) + ": bash ended: " + text);
    }

    private void compare(Block block, Printed printed) throws IOException {
        if (printed.code() == -1) {
            Path out = Path.of(printed.text());
            try {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> Expectation.hasLines(readersOwn.apply(block.text()), Files.readString(out)));
            } catch (org.awaitility.core.ConditionTimeoutException never) {
                assertEquals(readersOwn.apply(block.text()), Files.readString(out), where(block));
            }
        } else if (!matches(block, printed.text())) {
            assertEquals(readersOwn.apply(block.text()), printed.text(), where(block));
            throw new AssertionError(where(block));
        }
    }

    private boolean matches(Block block, String printed) throws IOException {
        String shown = readersOwn.apply(block.text());
        return block.language().equals("json")
                ? Expectation.matchesJson(
                        shown,
                        printed,
                        block.options().getOrDefault("values", walk).equals(walk))
                : Expectation.matchesText(shown, printed);
    }

    private String where(Block block) {
        return page.file() + ":" + block.line() + " (" + walk + ")";
    }

    private void stopBackground() {
        for (Process process : background) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            try {
                assertTrue(process.waitFor(30, TimeUnit.SECONDS), "what ran in the background did not end by itself");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
        background.clear();
    }

    @Override
    public void close() throws IOException {
        try {
            stopBackground();
        } finally {
            end();
            output.close();
        }
    }

    private void end() {
        bash.descendants().forEach(ProcessHandle::destroy);
        bash.destroy();
    }
}
