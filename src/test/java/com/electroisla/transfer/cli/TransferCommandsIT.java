package com.electroisla.transfer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.command.ManageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferCommandsIT {
    @TempDir
    Path folder;

    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void what_dumpdata_prints_is_the_file_and_loaddata_takes_it() throws IOException {
        fixture.product("Radio, AM", "9.90", 3);

        ManageRun dumped = manage("dumpdata");

        assertEquals(0, dumped.code());
        assertEquals(
                List.of(
                        "id,nombre,descripcion,precio,descuento,categoria,stock_total,activo,imagen_url",
                        "1,\"Radio, AM\",Descripción,9.90,0,otros,3,true,"),
                dumped.out());
        assertEquals(List.of(), dumped.err());
        Path file = Files.writeString(
                folder.resolve("c.csv"), String.join("\n", dumped.out()).replace("9.90", "8.00"));
        assertEquals(
                new ManageRun(0, List.of("✓ 0 productos creados, 1 actualizados, 0 sin cambios"), List.of()),
                manage("loaddata", file.toString()));
        assertEquals("8.00", fixture.text("SELECT precio::text FROM productos"));
    }

    @Test
    void a_dump_into_a_file_replaces_it_only_when_it_is_whole() throws IOException {
        fixture.product("Radio", "9.90", 3);
        Path file = Files.writeString(folder.resolve("c.xlsx"), "lo de antes");
        fixture.sql("UPDATE productos SET descripcion = repeat('x', 40000)");

        ManageRun tooLarge = manage("dumpdata", file.toString());

        assertEquals(1, tooLarge.code());
        assertEquals(
                List.of("Una celda XLSX tiene sitio para 32767 caracteres y el producto 1 "
                        + "tiene un texto más largo; usa CSV."),
                tooLarge.err());
        assertEquals("lo de antes", Files.readString(file));
        fixture.sql("UPDATE productos SET descripcion = ''");
        assertEquals(
                List.of("✓ 1 productos en " + file),
                manage("dumpdata", "--sin-id", file.toString()).out());
        assertEquals(
                List.of(
                        "Línea 2, nombre: ya hay un producto que se llama así, el 1; pon su id, o di que se "
                                + "cambie o que se cree otro",
                        "❌ 1 problema; no se ha escrito nada"),
                manage("loaddata", file.toString()).err());
        assertEquals(
                List.of("✓ 0 productos creados, 0 actualizados, 1 sin cambios"),
                manage("loaddata", "--mismo-nombre", "actualizar", file.toString())
                        .out());
        assertEquals(
                2,
                manage("loaddata", "--mismo-nombre", "preguntar", file.toString())
                        .code());
        assertEquals(
                0,
                manage("loaddata", "--mismo-nombre", "crear", file.toString()).code());
        assertEquals(2, fixture.number("SELECT count(*) FROM productos"));
        assertEquals(
                List.of("c.xlsx"),
                Files.list(folder)
                        .map(path -> path.getFileName().toString())
                        .filter(name -> name.startsWith("c") || name.startsWith("."))
                        .toList());
    }

    @Test
    void bad_lines_are_told_on_stderr_and_refuse_the_file_unless_it_is_parcial() throws IOException {
        Path file = Files.writeString(folder.resolve("c.csv"), "nombre,precio\nA,1\nB,x\n");

        assertEquals(
                new ManageRun(
                        1,
                        List.of(),
                        List.of(
                                "Línea 3, precio: «x» no es un importe, como 99.99",
                                "❌ 1 problema; no se ha escrito nada")),
                manage("loaddata", file.toString()));
        assertEquals(
                new ManageRun(
                        0,
                        List.of("✓ 1 productos creados, 0 actualizados, 0 sin cambios"),
                        List.of(
                                "Línea 3, precio: «x» no es un importe, como 99.99",
                                "⚠ 1 problema; esas líneas no se han cargado")),
                manage("loaddata", "--parcial", file.toString()));
    }

    @Test
    void loaddata_tells_of_prices_that_leap_and_the_audit_log_of_who_loaded_what() throws IOException {
        long radio = fixture.product("Radio", "9.90", 3);
        Path file = Files.writeString(
                folder.resolve("precios de otoño.csv"), "id,nombre,precio\n" + radio + ",,99\n,Pila,1\n,Farol,2\n");
        assertEquals(
                new ManageRun(
                        0,
                        List.of("✓ 2 productos creados, 1 actualizados, 0 sin cambios"),
                        List.of(
                                "Línea 2, precio: salto de precio del producto " + radio + ", de 9.90 a 99.00",
                                "⚠ 1 salto de precio: cambia en más de la mitad; si no es lo que querías, cárgalo "
                                        + "corregido")),
                manage("loaddata", file.toString()));
        String audit = "SELECT concat_ws('|', accion, modulo, objeto_repr, detalles->>'archivo', "
                + "detalles->'despues'->>'nuevos', detalles->'despues'->>'cambiados', user_agent, "
                + "coalesce(usuario_id::text, 'nadie')) FROM audit_logs ORDER BY id";
        String first = "importar|producto|precios de otoño.csv|precios de otoño.csv|2|1|./manage loaddata ("
                + System.getProperty("user.name") + ")|nadie";
        assertEquals(List.of(first), fixture.texts(audit));

        assertEquals(
                0,
                manage("loaddata", "--mismo-nombre", "actualizar", file.toString())
                        .code());
        assertEquals(
                1,
                manage(
                                "loaddata",
                                Files.writeString(folder.resolve("mal.csv"), "nombre,precio\nA,x\n")
                                        .toString())
                        .code());
        assertEquals(List.of(first), fixture.texts(audit), "what changes nothing leaves no entry");

        StringBuilder many = new StringBuilder("nombre,precio\n");
        for (int i = 0; i < 450; i++) {
            many.append("Cable ").append(i).append(",1\n");
        }
        assertEquals(
                0,
                manage(
                                "loaddata",
                                Files.writeString(folder.resolve("cables.csv"), many)
                                        .toString())
                        .code());
        assertEquals(
                List.of(
                        first,
                        first.replace("precios de otoño.csv", "cables.csv").replace("|2|1|", "|450|0|")),
                fixture.texts(audit),
                "one entry, however many pieces");
    }

    @Test
    void of_very_many_problems_the_rest_is_counted() throws IOException {
        Path file = Files.writeString(folder.resolve("c.csv"), "nombre,precio\n" + "B,x\n".repeat(150));
        List<String> err = manage("loaddata", file.toString()).err();
        assertEquals(102, err.size());
        assertEquals(List.of("… y 50 problemas más", "❌ 150 problemas; no se ha escrito nada"), err.subList(100, 102));
    }

    @Test
    void a_file_that_is_not_there_is_one_line() {
        ManageRun run = manage("loaddata", folder.resolve("nada.csv").toString());
        assertEquals(1, run.code());
        assertEquals(1, run.err().size());
        assertTrue(run.err().getFirst().startsWith("No se puede leer el archivo"), run::toString);
        assertEquals(
                1, manage("dumpdata", folder.resolve("nada/c.csv").toString()).code());
    }

    private ManageRun manage(String... arguments) {
        return ManageRun.of(
                folder,
                Map.of(
                        "DATABASE_URL",
                        ManageRun.url(fixture.target),
                        "ELECTRO_ISLA_HOME",
                        folder.resolve("var").toString()),
                arguments);
    }
}
