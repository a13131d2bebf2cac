package com.electroisla.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.command.Context.Terminal;
import com.electroisla.command.Manage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The drill itself, short: a kill of a server and one of the database, under load, on the packaged program. */
class DrillProcessIT {
    @Test
    void after_every_death_what_buyers_were_told_is_what_the_database_holds() throws Exception {
        Path base = Files.createTempDirectory(Path.of("target"), "simulacro").toAbsolutePath();
        var out = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err,
                Map.of());
        int code = new Manage(
                        base,
                        terminal,
                        (host, port, shop, started, stopped) -> 1,
                        List.of(new Manage.Entry("simulacro", "El simulacro", DrillCommand::new)))
                .run(
                        "simulacro",
                        "--minutos",
                        "0.1",
                        "--muertes-servidor",
                        "1",
                        "--muertes-base",
                        "1",
                        "--compradores",
                        "4");

        String said = out.toString(StandardCharsets.UTF_8);
        System.out.println(said);
        assertEquals(0, code, said);
        assertTrue(said.contains("kill -9: 1 a servidores, 1 a la base de datos"), said);
        assertTrue(Pattern.compile("2xx: [1-9]").matcher(said).find(), said);
        assertTrue(
                Pattern.compile("Correos: [1-9]\\d* cartas, [1-9]")
                        .matcher(said)
                        .find(),
                said);
        assertTrue(Pattern.compile(", [1-9]\\d* pedidos").matcher(said).find(), said);
        try (Stream<Path> left = Files.list(base.resolve("build/simulacro"))) {
            assertEquals(
                    List.of("entrada.lock"),
                    left.map(file -> file.getFileName().toString()).toList(),
                    "nothing is left behind");
        }
    }
}
