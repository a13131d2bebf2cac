package com.electroisla.bench.report;

import com.electroisla.command.CommandRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The pages with the last figures. Only the text between a part's two marks is ever replaced, on the page that has
 * them.
 */
public final class FiguresPage {
    private static final List<Path> PAGES =
            List.of(Path.of("docs/reference/figures.md"), Path.of("docs/measurements/engine.md"));

    private final List<Path> files;

    public FiguresPage(Path... files) {
        this.files = List.of(files);
    }

    /** The pages below {@code base}: the short one, and the one with every table. */
    public static FiguresPage in(Path base) {
        return new FiguresPage(
                PAGES.stream().map(base::resolve).filter(Files::exists).toArray(Path[]::new));
    }

    /** The text of all pages. */
    public String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(Files.readString(file));
        }
        return text.toString();
    }

    /**
     * @param part the name in the marks {@code <!-- bench PART -->} and {@code <!-- /bench PART -->}
     * @throws CommandRefused when no page has these marks
     */
    public void put(String part, String text) throws IOException {
        String opening = "<!-- bench " + part + " -->\n";
        String closing = "<!-- /bench " + part + " -->";
        for (Path file : files) {
            String page = Files.readString(file);
            int begin = page.indexOf(opening);
            int end = page.indexOf(closing);
            if (begin >= 0 && end > begin) {
                Files.writeString(
                        file, page.substring(0, begin) + opening + "\n" + text.strip() + "\n\n" + page.substring(end));
                return;
            }
        }
        throw new CommandRefused("En " + files.stream().map(Path::toString).collect(Collectors.joining(", "))
                + " faltan las marcas «" + opening.strip() + "» y «" + closing + "»");
    }
}
