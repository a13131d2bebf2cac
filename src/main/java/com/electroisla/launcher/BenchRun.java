package com.electroisla.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@code ./manage bench} and {@code ./manage simulacro}: compiles the benchmark and the drill, which are in no
 * artifact of the product, with the tests, and runs one from a copy in {@code build/bench}, so that a build at the
 * same time disturbs nothing but the figures.
 */
final class BenchRun {
    private static final String MAIN = "com.electroisla.bench.BenchMain";

    private BenchRun() {}

    /** {@code BASE APP SERVER-OPTIONS bench|simulacro [its arguments...]}: the options are the server's own. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path base = Path.of(arguments[0]);
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(List.of(arguments[2].split(" ")));
        // The benchmark contains the engine, the other ways and the buyers' side of all of them. The options of a fast
        // start keep the JIT from compiling; a benchmark wants everything compiled that is compiled in a server's
        // first day.
        line.addAll(List.of(
                "-Xmx1g",
                "-XX:CompileThresholdScaling=1",
                "-Delectro-isla.base=" + base,
                "-Delectro-isla.app=" + arguments[1],
                "-Delectro-isla.server-options=" + arguments[2],
                "-cp",
                classPath(base),
                MAIN));
        line.addAll(List.of(arguments).subList(3, arguments.length));
        int exit = new ProcessBuilder(line).inheritIO().start().waitFor();
        Build.delete(copy(base));
        System.exit(exit);
    }

    /** Copies the classes that this run uses. */
    private static Path copy(Path base) {
        return base.resolve("build/bench/" + ProcessHandle.current().pid());
    }

    /** Deletes the copies of runs that were killed. */
    private static void removeLeftovers(Path bench) throws IOException {
        Files.createDirectories(bench);
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(bench, "[0-9]*")) {
            for (Path each : copies) {
                if (ProcessHandle.of(Long.parseLong(each.getFileName().toString()))
                        .isEmpty()) {
                    Build.delete(each);
                }
            }
        }
    }

    private static String classPath(Path base) throws IOException, InterruptedException {
        Path bench = copy(base);
        try (BuildLock _ = BuildLock.acquire(base, System.err)) {
            removeLeftovers(Objects.requireNonNull(bench.getParent()));
            List<String> errors = new ArrayList<>();
            System.err.println("Compilando el banco de pruebas...");
            int exit = new Maven(base, System.err).run(List.of("test-compile", "dependency:build-classpath"), text -> {
                if (text.startsWith("[ERROR]")) {
                    errors.add(text);
                }
            });
            if (exit != 0) {
                errors.stream().limit(30).forEach(System.err::println);
                throw new LauncherFailure("No se pudo compilar el banco de pruebas.");
            }
            for (String classes : List.of("classes", "test-classes")) {
                Build.copy(base.resolve("target").resolve(classes), bench.resolve(classes));
            }
            return bench.resolve("test-classes") + ":" + bench.resolve("classes") + ":"
                    + Files.readString(base.resolve("target/bench.classpath")).strip();
        } catch (LauncherFailure failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
            throw failure;
        }
    }
}
