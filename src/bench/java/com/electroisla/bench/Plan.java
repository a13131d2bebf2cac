package com.electroisla.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The buyers of a turn over HTTP and what each of them will call.
 *
 * @param firstBuyer the number of the first of them; {@code tokens[0]} is that one's
 * @param again whether a buyer may come a second time; otherwise the turn ends early when all are served
 */
record Plan(Journey journey, Scenario scenario, int firstBuyer, String[] tokens, boolean again) {

    int buyers() {
        return tokens.length;
    }

    Call[] calls(int index) {
        return journey.calls(scenario.productsOf(firstBuyer + index)).toArray(Call[]::new);
    }

    /** A line a buyer: the token, then {@code METHOD PATH BODY} for each call, between tabs. */
    void write(Path file) {
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int index = 0; index < tokens.length; index++) {
                lines.write(tokens[index]);
                for (Call call : calls(index)) {
                    lines.write('\t' + call.method() + ' ' + call.path() + ' ' + call.body());
                }
                lines.write('\n');
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
