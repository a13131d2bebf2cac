package com.electroisla.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Builds the program into a folder of its own, {@code build/app-TIME}, and then points {@code build/current} at it.
 *
 * <p>Invariant: {@code build/current} names a complete build at every moment, and a folder that a process runs from is
 * never written or removed. When anything fails, the earlier build stays as it was. Two builds never overlap, see
 * {@link BuildLock}; the second one finds the first one's build and does nothing.
 */
public final class Build {
    /** Builds kept besides those in use: for a command that read {@code current} a moment ago, and for inspection. */
    private static final int BUILDS_KEPT = 3;

    /** Long enough for the second compiler to have compiled what a checkout runs through. */
    private static final Duration RUSH = Duration.ofSeconds(8);

    private static final List<String> SOURCES = List.of("src/main", "pom.xml", ".mvn");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Path base;
    private final Path builds;
    private final PrintStream messages;

    Build(Path base, PrintStream messages) {
        this.base = base;
        this.builds = base.resolve("build");
        this.messages = messages;
    }

    /** {@code BASE COMMAND-OPTIONS SERVER-OPTIONS}: the JVM options of the program, separated by blanks. */
    public static void main(String... arguments) throws InterruptedException {
        Path base = Path.of(arguments[0]);
        Build build = new Build(base, System.out);
        try (BuildLock _ = BuildLock.acquire(base, System.out)) {
            build.unlessFresh(List.of(arguments[1].split(" ")), List.of(arguments[2].split(" ")));
        } catch (LauncherFailure failure) {
            System.out.println(failure.getMessage());
            System.exit(1);
        } catch (FileSystemException closed) {
            System.out.println("Las fuentes son más nuevas que el programa construido, y "
                    + "aquí no se puede construir (" + closed.getFile() + ": "
                    + (closed.getReason() == null ? "sin permiso" : closed.getReason())
                    + "). Ejecuta ./manage una vez con quien pueda escribir en la carpeta, fuera del servicio.");
            System.exit(1);
        } catch (IOException failure) {
            System.out.println("No se pudo construir: " + failure.getMessage());
            System.exit(1);
        }
    }

    private void unlessFresh(List<String> commandOptions, List<String> serverOptions)
            throws IOException, InterruptedException {
        FileTime newestSource = newestSource();
        if (current().filter(app -> isFresh(app, newestSource)).isPresent()) {
            return;
        }
        long begin = System.nanoTime();
        messages.println("Construyendo Electro Isla (la primera vez descarga dependencias)...");
        String name = freeName();
        Path app = builds.resolve(name);
        Path unfinished = Files.createDirectory(builds.resolve("nuevo-" + name));
        try {
            // Taken before the compiler reads the sources: a file edited meanwhile is newer than this build.
            Path stamp = Files.createFile(unfinished.resolve("fuentes"));
            if (Files.getLastModifiedTime(stamp).compareTo(newestSource) < 0) {
                Files.setLastModifiedTime(stamp, newestSource);
            }
            compile();
            copy(base.resolve("target/quarkus-app"), unfinished);
            Files.move(unfinished, app, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            if (Files.exists(unfinished)) {
                delete(unfinished);
            }
        }
        new Training(base, app, messages).run(commandOptions, serverOptions, RUSH);
        switchTo(name);
        messages.println("Construido en " + (System.nanoTime() - begin) / 1_000_000_000 + " s.");
        removeOld();
    }

    private void compile() throws IOException, InterruptedException {
        Path log = builds.resolve("maven.log");
        List<String> errors = new ArrayList<>();
        int exit;
        try (PrintStream file = new PrintStream(Files.newOutputStream(log), true)) {
            exit = new Maven(base, messages).run(List.of("-Dmaven.test.skip=true", "package"), line -> {
                file.println(line);
                if (line.startsWith("[ERROR]")) {
                    errors.add(line);
                } else if (line.startsWith("[INFO] --- compiler:") && line.contains(":compile ")) {
                    messages.println("  compilando");
                } else if (line.startsWith("[INFO] --- quarkus:")) {
                    messages.println("  empaquetando");
                }
            });
        }
        if (exit != 0) {
            errors.stream().limit(30).forEach(messages::println);
            if (errors.isEmpty()) {
                messages.print(Files.readString(log));
            }
            throw new LauncherFailure("No se pudo construir; los detalles están en " + log
                    + (current().isPresent() ? ". La construcción anterior sigue intacta." : "."));
        }
    }

    private boolean isFresh(Path app, FileTime newestSource) {
        try {
            return Files.getLastModifiedTime(app.resolve("fuentes")).compareTo(newestSource) >= 0;
        } catch (IOException incomplete) {
            return false;
        }
    }

    private FileTime newestSource() throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        for (String source : SOURCES) {
            try (Stream<Path> files = Files.walk(base.resolve(source))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    FileTime time = Files.getLastModifiedTime(file);
                    newest = time.compareTo(newest) > 0 ? time : newest;
                }
            } catch (NoSuchFileException absent) {
                // Not every copy of the sources has .mvn.
            }
        }
        return newest;
    }

    private Optional<Path> current() throws IOException {
        Path pointer = builds.resolve("current");
        if (!Files.isRegularFile(pointer)) {
            return Optional.empty();
        }
        return Optional.of(builds.resolve(Files.readString(pointer).strip()))
                .filter(app -> Files.isRegularFile(app.resolve("quarkus-run.jar")));
    }

    private void switchTo(String name) throws IOException {
        Path next = Files.writeString(builds.resolve("current.new"), name + "\n");
        Files.move(next, builds.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
    }

    private String freeName() {
        String name = "app-" + TIME.format(LocalDateTime.now(Clock.systemUTC()));
        String free = name;
        for (int i = 2; Files.exists(builds.resolve(free)) || Files.exists(builds.resolve("nuevo-" + free)); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /** Deletes builds that no process uses, except the last three. A failed deletion is tried again next time. */
    private void removeOld() {
        String commandLines = runningCommandLines();
        try (Stream<Path> folders = Files.list(builds)) {
            List<Path> all = folders.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
            List<Path> apps = all.stream()
                    .filter(path -> path.getFileName().toString().startsWith("app-"))
                    .toList();
            for (Path folder : all) {
                if (apps.indexOf(folder) >= BUILDS_KEPT || !apps.contains(folder)) {
                    if (!commandLines.contains(folder.toString() + "/")) {
                        delete(folder);
                    }
                }
            }
        } catch (IOException notNow) {
            messages.println("  (una construcción antigua no se pudo borrar: " + notNow.getMessage() + ")");
        }
    }

    private static String runningCommandLines() {
        StringBuilder lines = new StringBuilder();
        ProcessHandle.allProcesses()
                .forEach(process -> process.info()
                        .commandLine()
                        .ifPresent(line -> lines.append(line).append('\n')));
        return lines.toString();
    }

    static void delete(Path folder) throws IOException {
        List<Path> inside;
        try (Stream<Path> files = Files.walk(folder)) {
            inside = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : inside) {
            Files.deleteIfExists(file);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        List<Path> inside;
        try (Stream<Path> files = Files.walk(from)) {
            inside = files.toList();
        }
        for (Path file : inside) {
            Path copy = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(copy);
            } else {
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
