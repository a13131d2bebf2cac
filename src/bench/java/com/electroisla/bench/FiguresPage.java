package com.electroisla.bench;

import com.electroisla.command.CommandRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The reference page with the last figures. Only the text between a part's two marks is ever replaced. */
final class FiguresPage {
    private final Path file;

    FiguresPage(Path file) {
        this.file = file;
    }

    /**
     * @param part the name in the marks {@code <!-- bench PART -->} and {@code <!-- /bench PART -->}
     * @throws CommandRefused when the page lacks them
     */
    void put(String part, String text) throws IOException {
        String page = Files.readString(file);
        String opening = "<!-- bench " + part + " -->\n";
        String closing = "<!-- /bench " + part + " -->";
        int begin = page.indexOf(opening);
        int end = page.indexOf(closing);
        if (begin < 0 || end < begin) {
            throw new CommandRefused("En " + file + " faltan las marcas «" + opening.strip() + "» y «" + closing + "»");
        }
        Files.writeString(file, page.substring(0, begin) + opening + "\n" + text.strip() + "\n\n" + page.substring(end));
    }
}
