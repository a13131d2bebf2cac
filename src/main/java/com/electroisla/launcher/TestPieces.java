package com.electroisla.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All test classes, in pieces that are run side by side: a test waits for its database, its browser or its processes
 * half of the time. The pieces share nothing but the PostgreSQL of the tests, where each test has a database of its
 * own.
 *
 * <p>Tests of the whole server stay in one piece, since starting Quarkus takes long and one JVM does it once for all
 * of them.
 */
final class TestPieces {
    private static final List<String> SOURCES = List.of("src/test/java", "src/bench/java");
    private static final int AT_ONCE = 3;

    private final Path base;
    private final Queue<List<String>> pieces = new ConcurrentLinkedQueue<>();

    /** Finds the test classes in the sources under that folder; the longest pieces come first. */
    TestPieces(Path base) throws IOException {
        this.base = base;
        List<String> servers = new ArrayList<>();
        List<String> plain = new ArrayList<>();
        List<String> processes = new ArrayList<>();
        for (String folder : SOURCES) {
            Path sources = base.resolve(folder);
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : (Iterable<Path>) files.filter(TestPieces::isTest).sorted()::iterator) {
                    String text = Files.readString(file);
                    String name = sources.relativize(file).toString().replace(File.separatorChar, '.').replaceFirst("\\.java$", "");
                    if (name.endsWith("ProcessIT")) {
                        processes.add(name);
                    } else if (!text.contains("\npublic abstract class ")) {
                        (text.contains("\n@QuarkusTest") ? servers : plain).add(name);
                    }
                }
            }
        }
        pieces.add(servers);
        pieces.addAll(halves(plain));
        pieces.addAll(halves(processes));
    }

    private static boolean isTest(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith("Test.java") || name.endsWith("IT.java");
    }

    private static List<List<String>> halves(List<String> classes) {
        List<String> one = new ArrayList<>();
        List<String> other = new ArrayList<>();
        Queue<String> rest = new ArrayDeque<>(classes);
        while (!rest.isEmpty()) {
            one.add(rest.remove());
            if (!rest.isEmpty()) {
                other.add(rest.remove());
            }
        }
        return List.of(one, other);
    }

    /** The pieces that no thread has taken yet. */
    List<List<String>> waiting() {
        return List.copyOf(pieces);
    }

    /**
     * Runs all pieces, even after a failure; the program must be packaged.
     *
     * @return whether each Maven ended well
     */
    boolean run(Consumer<String> eachLine) throws IOException, InterruptedException {
        boolean well = true;
        try (ExecutorService lanes = Executors.newFixedThreadPool(AT_ONCE)) {
            Callable<Boolean> lane = () -> takeTurns(eachLine);
            for (Future<Boolean> each : lanes.invokeAll(Collections.nCopies(AT_ONCE, lane))) {
                well &= each.get();
            }
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        }
        return well;
    }

    private boolean takeTurns(Consumer<String> eachLine) throws IOException, InterruptedException {
        boolean well = true;
        for (List<String> piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            if (!piece.isEmpty()) {
                // Surefire deletes its temporary folder at its end, and another may be running.
                List<String> goal = List.of("surefire:test", "-DtempDir=surefire-" + piece.hashCode(), "-Dtest=" + String.join(",", piece));
                well &= new Maven(base, System.out).run(goal, eachLine) == 0;
            }
        }
        return well;
    }
}
