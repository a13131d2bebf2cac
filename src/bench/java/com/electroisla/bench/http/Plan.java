package com.electroisla.bench.http;

import com.electroisla.bench.shop.Scenario;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The buyers of a turn over HTTP and their calls.
 *
 * @param firstBuyer the number of the first of them, whose token is {@code tokens[0]}
 * @param again whether a buyer may come a second time; otherwise the turn ends early when all are served
 */
record Plan(Journey journey, Scenario scenario, int firstBuyer, String[] tokens, boolean again) {

    int buyers() {
        return tokens.length;
    }

    Call[] calls(int index) {
        return journey.calls(scenario.productsOf(firstBuyer + index)).toArray(Call[]::new);
    }

    /** Writes a line for each buyer: the token, then {@code METHOD PATH BODY} for each call, separated by tabs. */
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
