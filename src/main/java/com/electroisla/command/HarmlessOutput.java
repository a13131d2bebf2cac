package com.electroisla.command;

import com.electroisla.logs.HarmlessText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command's output: no text, a name from the database included, can move the cursor, change the writing direction or
 * end a line; only {@code println} ends one. Bytes pass unchanged, since a file on standard output is data.
 */
public final class HarmlessOutput extends PrintStream {
    private final UnaryOperator<String> harmless;

    HarmlessOutput(PrintStream terminal) {
        this(terminal, HarmlessText::of);
    }

    private HarmlessOutput(PrintStream terminal, UnaryOperator<String> harmless) {
        super(terminal, true, StandardCharsets.UTF_8);
        this.harmless = harmless;
    }

    /**
     * An output for text that does not come from a command, such as an operator's own lines in the shell: it may print
     * several lines at once.
     */
    public static HarmlessOutput ofLines(PrintStream terminal) {
        return new HarmlessOutput(
                terminal,
                text -> Stream.of(text.split("\n", -1)).map(HarmlessText::of).collect(Collectors.joining("\n")));
    }

    @Override
    public void print(@Nullable String text) {
        super.print(harmless.apply(String.valueOf(text)));
    }

    @Override
    public void print(@Nullable Object object) {
        print(String.valueOf(object));
    }

    @Override
    public void print(char character) {
        print(String.valueOf(character));
    }

    @Override
    public void print(char[] characters) {
        print(String.valueOf(characters));
    }
}
