package com.electroisla.payment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The table of money, as the docs show it. */
public final class MoneyTable {
    private static final int API = 2;

    private MoneyTable() {}

    /** The lines of the table below its head. */
    public static List<String> lines() {
        try {
            String page = Files.readString(Path.of("docs/concepts/payments.md"));
            return page.substring(page.indexOf("## The table of money"))
                    .lines()
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("## "))
                    .filter(line -> line.startsWith("|"))
                    .skip(2)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The words of the API in the row of this course of things. */
    public static String wordsOf(String course) {
        return lines().stream()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .filter(cells -> cells.get(1).equals(course))
                .map(cells -> cells.get(API))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the docs have no row «" + course + "»"));
    }
}
