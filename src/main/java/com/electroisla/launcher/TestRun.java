package com.electroisla.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./manage test}: every test, and at the end one line with the sum over surefire and failsafe. */
final class TestRun {
    private static final Pattern SUITE = Pattern.compile("<testsuite\\b[^>]*>");

    private TestRun() {}

    /**
     * {@code BASE COMMAND-OPTIONS SERVER-OPTIONS [Maven's arguments...]}; exits 0 when every test passed, 1 otherwise.
     * With Maven's arguments, which may choose tests, it is one {@code verify} with them.
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path base = Path.of(arguments[0]);
        List<String> chosen = List.of(arguments).subList(3, arguments.length);
        boolean well;
        Sum sum;
        try (BuildLock _ = BuildLock.acquire(base, System.out)) {
            System.out.println("Construyendo y probando Electro Isla (la primera vez descarga dependencias)...");
            forgetReports(base);
            well = chosen.isEmpty() ? everything(base, arguments[1], arguments[2]) : maven(base, chosen, "verify");
            sum = reports(base);
        } catch (LauncherFailure failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
            return;
        }
        System.out.println();
        System.out.println(sum);
        System.exit(well && sum.failures() + sum.errors() == 0 && sum.run() > 0 ? 0 : 1);
    }

    private static boolean everything(Path base, String commandOptions, String serverOptions)
            throws IOException, InterruptedException {
        TestPieces pieces = new TestPieces(base);
        List<String> classes = pieces.classes().stream().flatMap(List::stream).toList();
        forgetClasses(base);
        if (!build(base)) {
            return false;
        }
        // The tests start the program some two hundred times, each time for half of the processor's time with these.
        new Training(base, base.resolve("target/quarkus-app"), System.out)
                .run(List.of(commandOptions.split(" ")), List.of(serverOptions.split(" ")), Duration.ofSeconds(1));
        boolean well = pieces.run(serverOptions, System.out::println);
        List<String> unheard = classes.stream()
                .filter(each -> !Files.exists(base.resolve("target/surefire-reports/TEST-" + each + ".xml")))
                .toList();
        if (!unheard.isEmpty()) {
            System.out.println("Sin resultado: " + String.join(", ", unheard));
        }
        return well && unheard.isEmpty();
    }

    /** Packages with all guards. The form of the sources is looked at beside it, since each has one thread only. */
    private static boolean build(Path base) throws IOException, InterruptedException {
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            Future<Boolean> form = beside.submit(() -> maven(base, List.of("-q", "-Pguards"), "spotless:check@form"));
            boolean packaged = maven(base, List.of("-Pguards", "-DskipTests", "-Dspotless.check.skip"), "package");
            return form.get() && packaged;
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        }
    }

    private static boolean maven(Path base, List<String> arguments, String phase)
            throws IOException, InterruptedException {
        List<String> goals = new ArrayList<>(arguments);
        goals.add(phase);
        return new Maven(base, System.out).run(goals, System.out::println) == 0;
    }

    /** The guards look at what is compiled, and an earlier build may have compiled it without them. */
    private static void forgetClasses(Path base) throws IOException {
        for (String folder : List.of("target/classes", "target/test-classes")) {
            if (Files.exists(base.resolve(folder))) {
                Build.delete(base.resolve(folder));
            }
        }
    }

    private static void forgetReports(Path base) throws IOException {
        for (Path report : reportFiles(base)) {
            Files.delete(report);
        }
    }

    static Sum reports(Path base) throws IOException {
        Sum sum = new Sum(0, 0, 0, 0);
        for (Path report : reportFiles(base)) {
            Matcher suite = SUITE.matcher(Files.readString(report));
            if (suite.find()) {
                sum = sum.plus(suite.group());
            }
        }
        return sum;
    }

    private static List<Path> reportFiles(Path base) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("surefire-reports", "failsafe-reports")) {
            try (DirectoryStream<Path> reports =
                    Files.newDirectoryStream(base.resolve("target").resolve(folder), "TEST-*.xml")) {
                reports.forEach(files::add);
            } catch (NoSuchFileException | java.nio.file.NotDirectoryException noneYet) {
                // No test ran there.
            }
        }
        return files;
    }

    /** The numbers of surefire's closing line, summed over both runners. */
    record Sum(int run, int failures, int errors, int skipped) {
        private static final Pattern ATTRIBUTE = Pattern.compile("\\s(tests|failures|errors|skipped)=\"(\\d+)\"");

        Sum plus(String suite) {
            Sum sum = this;
            Matcher attribute = ATTRIBUTE.matcher(suite);
            while (attribute.find()) {
                int more = Integer.parseInt(attribute.group(2));
                sum = switch (attribute.group(1)) {
                    case "tests" -> new Sum(sum.run + more, sum.failures, sum.errors, sum.skipped);
                    case "failures" -> new Sum(sum.run, sum.failures + more, sum.errors, sum.skipped);
                    case "errors" -> new Sum(sum.run, sum.failures, sum.errors + more, sum.skipped);
                    default -> new Sum(sum.run, sum.failures, sum.errors, sum.skipped + more);
                };
            }
            return sum;
        }

        @Override
        public String toString() {
            return "Tests run: " + run + ", Failures: " + failures + ", Errors: " + errors + ", Skipped: " + skipped;
        }
    }
}
