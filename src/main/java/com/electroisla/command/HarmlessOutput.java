package com.electroisla.command;

import com.electroisla.logs.HarmlessText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a command prints to: whatever text it gets, a name from the database included, moves no cursor, turns no writing
 * round and ends no line; only {@code println} does. Bytes pass as they are, since a file on standard output is data.
 */
final class HarmlessOutput extends PrintStream {
    HarmlessOutput(PrintStream terminal) {
        super(terminal, true, StandardCharsets.UTF_8);
    }

    @Override
    public void print(@Nullable String text) {
        super.print(HarmlessText.of(String.valueOf(text)));
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
