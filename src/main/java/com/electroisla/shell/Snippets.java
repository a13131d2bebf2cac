package com.electroisla.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.LocalExecutionControlProvider;
import org.jspecify.annotations.Nullable;

/**
 * A script of Java snippets, run in this process so that they reach the live shop through {@link Consola}. The first
 * snippet that fails to compile or throws ends it.
 */
public final class Snippets implements AutoCloseable {
    /** The next snippet and the rest of the script. */
    private record Next(Completeness completeness, String source, String remaining) {}

    /** The imports and static names of every snippet. */
    public static final String STARTUP = """
            import com.electroisla.wiring.Shop;
            import com.electroisla.catalog.*;
            import com.electroisla.shell.Inventario.*;
            import com.electroisla.shell.Pedidos.*;
            import com.electroisla.shell.Productos.*;
            import com.electroisla.shell.Reservas.*;
            import java.math.*;
            import java.time.*;
            import java.util.*;
            import java.util.function.*;
            import java.util.stream.*;
            import static com.electroisla.shell.Consola.*;
            """;

    /** The command to exit, as at a terminal. */
    private static final Pattern EXIT = Pattern.compile("(?m)^\\s*/exit\\s*$");

    private static final Pattern BEFORE_CODE = Pattern.compile("(\\s+|//[^\\n]*\\n)*+");

    /** javac's name for "';' expected". */
    private static final String EXPECTED = "compiler.err.expected";

    private static final int LONGEST_QUOTED = 60;

    private final JShell jshell;

    public Snippets() {
        jshell = JShell.builder()
                .executionEngine(new LocalExecutionControlProvider(), Map.of())
                .compilerOptions("-Xlint:none")
                .build();
        jshell.addToClasspath(classPath());
        run(STARTUP);
    }

    /** The class path for compiling snippets: this program, from whatever folder it was started. */
    public static String classPath() {
        String separator = java.io.File.pathSeparator;
        return String.join(
                separator,
                List.of(System.getProperty("java.class.path").split(separator)).stream()
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    /**
     * Runs snippet after snippet, to the end or to {@code /exit}.
     *
     * @throws SnippetFailed at the first that fails; the effects of those before it stay
     */
    public void run(String script) {
        String all = EXIT.split(script, 2)[0];
        String rest = all;
        while (!rest.isBlank()) {
            Next next = wholeScript(rest);
            if (next.completeness() == Completeness.EMPTY) {
                break;
            }
            int line = lineOf(all, rest);
            if (next.completeness() == Completeness.DEFINITELY_INCOMPLETE) {
                throw new SnippetFailed(line, quoted(rest), "el fragmento está sin terminar", null);
            }
            List<SnippetEvent> events = jshell.eval(next.source());
            if (lackSemicolon(events)) {
                next = firstLines(rest).orElse(next);
                events = jshell.eval(next.source());
            }
            refuseFailed(line, next.source(), events);
            rest = next.remaining();
        }
        refuseUnresolved();
    }

    /** The next snippet, judged by the whole rest of the script: a chain of calls may go on in the next line. */
    private Next wholeScript(String rest) {
        CompletionInfo whole = jshell.sourceCodeAnalysis().analyzeCompletion(rest);
        return new Next(
                whole.completeness(),
                whole.source() == null ? rest : whole.source(),
                whole.remaining() == null ? "" : whole.remaining());
    }

    /** The next snippet, judged as at a terminal: a line may be complete without its semicolon. */
    private Optional<Next> firstLines(String rest) {
        for (int end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', end + 1)) {
            CompletionInfo lines = jshell.sourceCodeAnalysis().analyzeCompletion(rest.substring(0, end));
            boolean chainGoesOn = rest.substring(end).stripLeading().startsWith(".");
            if (lines.completeness() == Completeness.COMPLETE_WITH_SEMI && !chainGoesOn) {
                return Optional.of(new Next(lines.completeness(), lines.source(), rest.substring(end)));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the compiler rejected a snippet for a missing semicolon. It has then had no effect, so it can be cut
     * differently and tried again.
     */
    private boolean lackSemicolon(List<SnippetEvent> events) {
        return events.stream()
                .filter(event -> event.status() == Snippet.Status.REJECTED)
                .anyMatch(event -> jshell.diagnostics(event.snippet())
                        .anyMatch(diagnostic -> EXPECTED.equals(diagnostic.getCode())));
    }

    private void refuseFailed(int line, String source, List<SnippetEvent> events) {
        for (SnippetEvent event : events) {
            if (event.status() == Snippet.Status.REJECTED) {
                String reason = jshell.diagnostics(event.snippet())
                        .filter(Diag::isError)
                        .findFirst()
                        .map(diagnostic ->
                                diagnostic.getMessage(Locale.getDefault()).replaceAll("\\s*\\R\\s*", "; "))
                        .orElse("no es Java");
                throw new SnippetFailed(line, quoted(source), reason, null);
            }
            JShellException thrown = event.exception();
            if (thrown != null) {
                throw new SnippetFailed(line, quoted(source), reason(thrown), thrown);
            }
        }
    }

    /**
     * Refuses declarations with unresolved names. JShell lets a declaration refer to a later one; at the end of the
     * script there is none.
     */
    private void refuseUnresolved() {
        jshell.snippets()
                .filter(snippet -> jshell.status(snippet) == Snippet.Status.RECOVERABLE_NOT_DEFINED)
                .findFirst()
                .ifPresent(snippet -> {
                    throw new SnippetFailed(0, quoted(snippet.source()), "nombra algo que no existe", null);
                });
    }

    private static String reason(JShellException thrown) {
        String message = thrown.getMessage() == null
                ? ""
                : ": " + thrown.getMessage().lines().findFirst().orElse("");
        return (thrown instanceof EvalException evaluated ? evaluated.getExceptionClassName() : "falta una declaración")
                + message;
    }

    private static int lineOf(String script, String rest) {
        Matcher before = BEFORE_CODE.matcher(script).region(script.length() - rest.length(), script.length());
        int start = before.lookingAt() ? before.end() : before.regionStart();
        return 1
                + (int) script.substring(0, start)
                        .chars()
                        .filter(each -> each == '\n')
                        .count();
    }

    private static String quoted(String source) {
        String line = BEFORE_CODE
                .matcher(source)
                .replaceFirst("")
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        return line.length() <= LONGEST_QUOTED ? line : line.substring(0, LONGEST_QUOTED) + "…";
    }

    @Override
    public void close() {
        jshell.close();
    }

    /** A snippet failed to compile or threw; the message has its text and line, in Spanish. */
    public static final class SnippetFailed extends RuntimeException {
        SnippetFailed(int line, String snippet, String reason, @Nullable Throwable cause) {
            super((line == 0 ? "" : "Línea " + line + ": ") + "«" + snippet + "»: " + reason, cause);
        }
    }
}
