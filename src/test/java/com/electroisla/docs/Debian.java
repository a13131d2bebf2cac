package com.electroisla.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs of the system that a test needs: installed from Debian's packages where we may; otherwise the failure names
 * them.
 */
public final class Debian {
    private static final String FOLDERS = System.getenv("PATH") + ":/usr/sbin:/sbin";

    private Debian() {}

    /** A command's output, stdout and stderr in order, and its exit code. */
    public record Ended(int code, List<String> output) {
        public String text() {
            return String.join("\n", output);
        }
    }

    /**
     * The program's path.
     *
     * @param debianPackage the package that contains it
     */
    public static synchronized String program(String name, String debianPackage) {
        if (find(name).isEmpty() && isRoot() && find("apt-get").isPresent()) {
            install(debianPackage);
        }
        assertTrue(
                find(name).isPresent(),
                () -> name + " is missing: install it (Debian and Ubuntu: sudo apt-get install " + debianPackage
                        + ") and repeat");
        return find(name).orElseThrow().toString();
    }

    /**
     * Installs packages, one call at a time on this machine: tests run concurrently, and apt-get does not wait for
     * another.
     */
    public static synchronized Ended install(String... packages) {
        try (FileChannel file = FileChannel.open(
                        Path.of("target", "apt-get.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            run(List.of("apt-get", "update", "-q"));
            List<String> command =
                    new ArrayList<>(List.of("apt-get", "install", "-q", "-y", "--no-install-recommends"));
            command.addAll(List.of(packages));
            return run(command);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static java.util.Optional<Path> find(String name) {
        return Stream.of(FOLDERS.split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a command to its end. */
    public static Ended run(List<String> command) {
        return run(command, Map.of());
    }

    public static Ended run(List<String> command, Map<String, String> environment) {
        return run(command, environment, Path.of("."));
    }

    /** @param folder the working directory */
    static Ended run(List<String> command, Map<String, String> environment, Path folder) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(Map.of("DEBIAN_FRONTEND", "noninteractive", "LC_ALL", "C.UTF-8"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            List<String> output = process.inputReader().readAllLines();
            assertTrue(process.waitFor(600, TimeUnit.SECONDS), () -> "still running: " + command);
            return new Ended(process.exitValue(), output);
        } catch (IOException failure) {
            throw new AssertionError("does not run: " + command, failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
