package com.electroisla.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestPiecesTest {
    private final List<List<String>> pieces = pieces();

    @Test
    void every_test_class_is_in_one_piece_and_none_is_forgotten() throws IOException {
        List<String> all = pieces.stream().flatMap(List::stream).sorted().toList();
        Path compiled = Path.of("target/test-classes");
        try (Stream<Path> files = Files.walk(compiled)) {
            List<String> expected = files.map(
                            file -> compiled.relativize(file).toString().replace('/', '.'))
                    .filter(file -> file.matches("[^$]*(Test|IT)\\.class") && !file.contains(".jmh_generated."))
                    .map(file -> file.replaceFirst("\\.class$", ""))
                    .filter(name -> !Modifier.isAbstract(find(name).getModifiers()))
                    .sorted()
                    .toList();
            assertEquals(expected, all);
        }
    }

    @Test
    void the_tests_of_the_whole_server_are_one_piece_so_that_it_starts_once() {
        List<String> servers = pieces.getFirst();
        assertTrue(servers.size() > 20, servers::toString);
        for (List<String> piece : pieces) {
            assertEquals(
                    piece == servers ? new TreeSet<>(piece) : new TreeSet<>(),
                    piece.stream()
                            .filter(name -> find(name).isAnnotationPresent(QuarkusTest.class))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private static Class<?> find(String name) {
        try {
            return Class.forName(name, false, TestPiecesTest.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }

    private static List<List<String>> pieces() {
        try {
            return new TestPieces(Path.of("")).classes();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
