package com.electroisla.accounts.cli;

import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.logs.HarmlessText;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the operator: at a terminal without echoing passwords, otherwise line by line from standard input. */
final class Prompt {
    private final PrintStream out;
    private final BufferedReader lines;
    private final @Nullable Console terminal;

    Prompt(Context context) {
        this.out = context.out();
        this.lines = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8));
        Console console = context.in() == System.in ? System.console() : null;
        this.terminal = console != null && console.isTerminal() ? console : null;
    }

    /** The answer without blanks around it. */
    String ask(String question) {
        return terminal == null
                ? printed(question).orElseThrow(Prompt::nothingLeft).strip()
                : given(terminal.readLine("%s", HarmlessText.of(question))).strip();
    }

    /**
     * A password, asked for twice at a terminal. Standard input may end after the first, because piped input has no
     * typing errors.
     *
     * @return empty when the two differ
     */
    Optional<String> newPassword() {
        if (terminal != null) {
            String first = new String(given(terminal.readPassword("Contraseña: ")));
            String again = new String(given(terminal.readPassword("Contraseña (otra vez): ")));
            return first.equals(again) ? Optional.of(first) : Optional.empty();
        }
        String first = printed("Contraseña: ").orElseThrow(Prompt::nothingLeft);
        Optional<String> again = printed("Contraseña (otra vez): ");
        return again.isEmpty() || again.get().equals(first) ? Optional.of(first) : Optional.empty();
    }

    boolean yes(String question) {
        String answer = ask(question + " [s/N]: ").toLowerCase(java.util.Locale.ROOT);
        return answer.equals("s") || answer.equals("sí") || answer.equals("si") || answer.equals("y");
    }

    private Optional<String> printed(String question) {
        out.print(question);
        out.flush();
        try {
            Optional<String> line = Optional.ofNullable(lines.readLine());
            out.println();
            return line;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static <T> T given(@Nullable T answer) {
        if (answer == null) {
            throw nothingLeft();
        }
        return answer;
    }

    private static CommandRefused nothingLeft() {
        return new CommandRefused("Cancelado: no hubo respuesta.");
    }
}
