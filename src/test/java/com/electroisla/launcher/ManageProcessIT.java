package com.electroisla.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real {@code manage} with its real Java part, on a program of a few lines and a stand-in for Maven that counts
 * its runs.
 */
final class ManageProcessIT {
    private static final String PROGRAM = """
            package com.electroisla;
            public final class Main {
                public static void main(String... arguments) throws Exception {
                    System.out.println("ñ " + System.getProperty("electro-isla.base") + " " + String.join(",", \
            arguments));
                    if (System.getenv("MEMORIA") != null) System.out.println((Runtime.getRuntime().maxMemory() >> 20) \
            > 300 ? "de una orden" : "de un servidor");
                    if (arguments.length > 0 && arguments[0].equals("espera")) {
                        System.in.read();
                        System.out.println(Main.class.getResource("Main.class") != null);
                    }
                    if (arguments.length > 0 && arguments[0].equals("falla")) System.exit(7);
                }
            }
            """;

    @TempDir
    static Path models;

    @TempDir
    Path folder;

    private Path base;

    @BeforeEach
    void lay_out_a_small_project() throws IOException {
        base = Files.createDirectories(folder.toRealPath().resolve("una tienda"));
        executable(base.resolve("manage"), Files.readString(Path.of("manage")));
        copySources("launcher");
        copySources("demo");
        Files.writeString(base.resolve("pom.xml"), "<project/>");
        Files.createDirectories(base.resolve(".mvn"));
        executable(base.resolve("mvnw"), """
                #!/bin/sh
                cd "$(dirname "$0")"
                echo uno >> maven-runs
                echo "Downloaded from central: algo"
                [ ! -f roto ] || { echo "[ERROR] Main.java:[1,2] no compila"; exit 1; }
                rm -rf target/quarkus-app && mkdir -p target/quarkus-app && cp program.jar \
                target/quarkus-app/quarkus-run.jar
                """);
        makeProgram();
    }

    /** Gives the project a build, which one test makes for all that need one to begin with. */
    private void alreadyBuilt() throws Exception {
        Path model = models.resolve("build");
        if (!Files.exists(model)) {
            assertEquals(0, manage("hola").exit());
            Build.copy(base.resolve("build"), model);
            return;
        }
        Build.copy(model, base.resolve("build"));
        Files.setLastModifiedTime(
                base.resolve("build").resolve(current()).resolve("fuentes"), FileTime.from(Instant.now()));
    }

    @Test
    void it_builds_once_and_then_starts_at_once_from_any_folder_and_through_a_link() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("atajo"), base.resolve("manage"));

        Result first = manage("hola", "mundo cruel");
        Result second = finish(start(folder, link.toString(), "otra", "vez"));

        assertEquals("ñ " + base + " hola,mundo cruel", first.out().strip());
        assertTrue(first.err().contains("Construyendo Electro Isla"), first.err());
        assertEquals("ñ " + base + " otra,vez", second.out().strip());
        assertEquals("", second.err());
        assertEquals(1, mavenRuns());
    }

    @Test
    void only_the_first_word_is_the_command_whatever_a_user_is_called() throws Exception {
        alreadyBuilt();
        for (String line :
                List.of("changepassword demo", "createsuperuser --username runserver", "shell demo runserver")) {
            assertEquals("de una orden", memory(line), line);
        }
        for (String line : List.of("demo", "runserver 8001", "demo 127.0.0.1:8105")) {
            assertEquals("de un servidor", memory(line), line);
        }
    }

    private String memory(String line) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(("./manage " + line).split(" ")).directory(base.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MEMORIA", "");
        return finish(builder.start()).out().lines().toList().get(1);
    }

    @Test
    void the_programs_exit_code_is_the_commands() throws Exception {
        alreadyBuilt();
        assertEquals(7, manage("falla").exit());
    }

    @Test
    void two_at_once_build_once() throws Exception {
        Process one = start(base, "./manage", "uno");
        Process two = start(base, "./manage", "dos");

        assertEquals(0, finish(one).exit());
        assertEquals(0, finish(two).exit());
        assertEquals(1, mavenRuns());
    }

    @Test
    void a_newer_source_is_built_into_a_new_folder_beside_the_one_in_use() throws Exception {
        alreadyBuilt();
        Process running = start(base, "./manage", "espera");
        running.inputReader().readLine();
        String before = current();
        touch(base.resolve("src/main/java/com/electroisla/launcher/Build.java"));

        manage("hola");

        assertNotEquals(before, current());
        assertTrue(Files.exists(base.resolve("build").resolve(before).resolve("quarkus-run.jar")));
        running.getOutputStream().close();
        assertEquals("true", running.inputReader().readLine());
    }

    @Test
    void old_builds_go_but_not_the_one_that_runs() throws Exception {
        alreadyBuilt();
        Process running = start(base, "./manage", "espera");
        running.inputReader().readLine();
        String inUse = current();
        List<String> later = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            touch(base.resolve("pom.xml"));
            manage("hola");
            later.add(current());
        }

        assertTrue(Files.exists(base.resolve("build").resolve(inUse)), "the running one");
        assertFalse(Files.exists(base.resolve("build").resolve(later.getFirst())), "an old one");
        assertTrue(Files.exists(base.resolve("build").resolve(later.getLast())), "the current one");
        running.getOutputStream().close();
        running.waitFor();
    }

    @Test
    void sources_that_do_not_compile_leave_the_earlier_build_whole() throws Exception {
        alreadyBuilt();
        String before = current();
        Files.createFile(base.resolve("roto"));
        touch(base.resolve("pom.xml"));

        Result broken = manage("hola");

        assertEquals(1, broken.exit());
        assertTrue(broken.err().contains("no compila"), broken.err());
        assertEquals("", broken.out());
        assertEquals(before, current());
        Files.delete(base.resolve("roto"));
        assertEquals(0, manage("hola").exit());
    }

    @Test
    void an_install_without_sources_runs_its_build() throws Exception {
        alreadyBuilt();
        Build.delete(base.resolve("src"));

        Result result = manage("hola");

        assertEquals("ñ " + base + " hola", result.out().strip());
        assertEquals("", result.err());
    }

    @Test
    void a_date_in_the_future_does_not_build_forever() throws Exception {
        Files.setLastModifiedTime(base.resolve("pom.xml"), FileTime.from(Instant.parse("2200-01-01T00:00:00Z")));

        manage("hola");
        manage("hola");

        assertEquals(1, mavenRuns());
    }

    @Test
    void under_crons_bare_environment_the_words_keep_their_letters() throws Exception {
        alreadyBuilt();

        ProcessBuilder cron = new ProcessBuilder(
                        "/bin/sh", "-c", base.toString().replace(" ", "\\ ") + "/manage año")
                .directory(Path.of("/").toFile());
        cron.environment().clear();
        cron.environment().put("PATH", "/usr/bin:/bin");
        cron.environment().put("JAVA_HOME", System.getProperty("java.home"));

        assertEquals("ñ " + base + " año", finish(cron.start()).out().strip());
    }

    private Result manage(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("./manage"));
        line.addAll(List.of(arguments));
        return finish(start(base, line.toArray(String[]::new)));
    }

    private static Process start(Path directory, String... line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ELECTRO_ISLA_SIN_AOT", "1");
        return builder.start();
    }

    private static Result finish(Process process) throws Exception {
        StringBuilder err = new StringBuilder();
        Thread reader = Thread.ofVirtual()
                .start(() -> process.errorReader()
                        .lines()
                        .forEach(line -> err.append(line).append('\n')));
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        reader.join();
        return new Result(process.waitFor(), out, err.toString());
    }

    private record Result(int exit, String out, String err) {}

    private String current() throws IOException {
        return Files.readString(base.resolve("build/current")).strip();
    }

    private int mavenRuns() throws IOException {
        return Files.readAllLines(base.resolve("maven-runs")).size();
    }

    /** Makes the file newer than the build's stamp, whatever the file system's resolution. */
    private void touch(Path file) throws IOException {
        FileTime stamp = Files.getLastModifiedTime(
                base.resolve("build").resolve(current()).resolve("fuentes"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(stamp.toMillis() + 10));
    }

    private void copySources(String feature) throws IOException {
        Path from = Path.of("src/main/java/com/electroisla").resolve(feature);
        Path to = Files.createDirectories(
                base.resolve("src/main/java/com/electroisla").resolve(feature));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    private void makeProgram() throws IOException {
        Path source = Files.writeString(folder.resolve("Main.java"), PROGRAM);
        int failures =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString());
        assertEquals(0, failures);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "com.electroisla.Main");
        try (OutputStream file = Files.newOutputStream(base.resolve("program.jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.putNextEntry(new JarEntry("com/electroisla/Main.class"));
            jar.write(Files.readAllBytes(folder.resolve("com/electroisla/Main.class")));
        }
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
