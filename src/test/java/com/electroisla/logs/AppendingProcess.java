package com.electroisla.logs;

import java.nio.file.Path;

/** A process that appends numbered lines to a log while others append too: {@code file name lines largestBytes}. */
final class AppendingProcess {
    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        System.in.read();
        try (SharedLogFile file = new SharedLogFile(Path.of(args[0]), Long.parseLong(args[3]), 300)) {
            int lines = Integer.parseInt(args[2]);
            for (int number = 0; number < lines; number++) {
                file.append((args[1] + " " + number + " " + "x".repeat(number % 97) + ";\n").getBytes());
            }
        }
    }
}
