package com.electroisla.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialFileRaceTest {
    private static final int ROUNDS = 50;
    private static final int WRITERS = 4;

    @TempDir
    private Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void of_several_that_end_at_once_one_gets_the_name_and_the_others_are_refused() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                Path file = folder.resolve("r" + round);
                CyclicBarrier together = new CyclicBarrier(WRITERS);
                List<Callable<String>> writers = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    String content = "contenido " + i;
                    writers.add(() -> write(file, content, together));
                }
                List<String> won = new ArrayList<>();
                for (Future<String> each : threads.invokeAll(writers)) {
                    won.add(each.get());
                }
                won.removeIf(String::isEmpty);
                assertEquals(List.of(Files.readString(file)), won);
            }
        }
        assertEquals(ROUNDS, names().size());
    }

    private static String write(Path file, String content, CyclicBarrier together) throws Exception {
        try (PartialFile partial = PartialFile.beside(file)) {
            partial.out().write(content.getBytes(StandardCharsets.UTF_8));
            together.await();
            partial.becomes(file);
            return content;
        } catch (FileAlreadyExistsException another) {
            return "";
        }
    }

    @Test
    void a_file_that_came_to_be_in_the_meantime_is_left_alone() throws IOException {
        Path file = folder.resolve("a.eib");
        try (PartialFile partial = PartialFile.beside(file)) {
            Files.writeString(file, "de otro");
            assertThrows(FileAlreadyExistsException.class, () -> partial.becomes(file));
        }
        assertEquals("de otro", Files.readString(file));
        assertEquals(List.of("a.eib"), names());
    }

    @Test
    void what_a_killed_one_left_is_deleted_and_what_is_being_written_or_somebody_elses_stays() throws IOException {
        Path left = Files.write(folder.resolve("a.eib.1f.parcial"), Encryption.MAGIC);
        Files.createFile(folder.resolve("a.eib.2f.parcial"));
        Files.writeString(folder.resolve("tesis.3f.parcial"), "Capítulo 1");
        Files.write(folder.resolve("notas.parcial"), Encryption.MAGIC);
        try (PartialFile writing = PartialFile.beside(folder.resolve("a.eib"))) {
            assertEquals(2, PartialFile.deleteLeft(folder).size());
            assertTrue(Files.notExists(left));
            writing.becomes(folder.resolve("a.eib"));
        }
        assertEquals(List.of("a.eib", "notas.parcial", "tesis.3f.parcial"), names());
    }
}
