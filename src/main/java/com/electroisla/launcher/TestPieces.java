package com.electroisla.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
 * of them. The others are one piece for several JVMs, each of which takes the next class when it has finished one.
 */
final class TestPieces {
    private static final List<String> SOURCES = List.of("src/test/java", "src/bench/java");

    /**
     * Classes that one Maven runs.
     *
     * @param jvms how many JVMs share them
     */
    private record Piece(List<String> classes, int jvms) {}

    private final Path base;
    private final List<Piece> pieces;

    /** Finds the test classes in the sources under that folder. */
    TestPieces(Path base) throws IOException {
        this.base = base;
        List<String> servers = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String folder : SOURCES) {
            Path sources = base.resolve(folder);
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file :
                        (Iterable<Path>) files.filter(TestPieces::isTest).sorted()::iterator) {
                    String text = Files.readString(file);
                    String name = sources.relativize(file)
                            .toString()
                            .replace(File.separatorChar, '.')
                            .replaceFirst("\\.java$", "");
                    if (!text.contains("\npublic abstract class ")) {
                        (text.contains("\n@QuarkusTest") ? servers : others).add(name);
                    }
                }
            }
        }
        pieces = List.of(new Piece(servers, 1), new Piece(others, 2));
    }

    private static boolean isTest(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith("Test.java") || name.endsWith("IT.java");
    }

    /** The classes of each piece. */
    List<List<String>> classes() {
        return pieces.stream().map(Piece::classes).toList();
    }

    /**
     * Runs all pieces, even after a failure; the program must be packaged.
     *
     * @param serverOptions of the JVM of a server, for tests that start the benchmark's
     * @return whether each Maven ended well
     */
    boolean run(String serverOptions, Consumer<String> eachLine) throws IOException, InterruptedException {
        boolean well = true;
        try (ExecutorService together = Executors.newCachedThreadPool()) {
            List<Callable<Boolean>> runs = new ArrayList<>();
            pieces.forEach(piece -> runs.add(() -> run(piece, serverOptions, eachLine)));
            for (Future<Boolean> each : together.invokeAll(runs)) {
                well &= each.get();
            }
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        }
        return well;
    }

    private boolean run(Piece piece, String serverOptions, Consumer<String> eachLine)
            throws IOException, InterruptedException {
        List<String> goal = new ArrayList<>(List.of(
                "surefire:test",
                "-Dtest=" + String.join(",", piece.classes()),
                "-DforkCount=" + piece.jvms(),
                "-Delectro-isla.server-options=" + serverOptions,
                // In the order of their names no slow class is among the last, for which the other JVMs would wait.
                "-Dsurefire.runOrder=alphabetical",
                // Surefire deletes its temporary folder at its end, and the other piece may be running.
                "-DtempDir=surefire-" + piece.jvms()));
        if (piece.jvms() == 1) {
            // Passwords' keys at full length are computed in the other piece; nothing else needs the second compiler.
            goal.add("-Dtest.compiler=-XX:TieredStopAtLevel=1");
        }
        return new Maven(base, System.out).run(goal, eachLine) == 0;
    }
}
