package com.electroisla.database.migration;

import com.electroisla.database.takeover.DjangoLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of the schema.
 *
 * @param number identifies the migration; Django's names for the same number differ
 * @param name {@code 0019_stock_system}
 * @param apply the script forwards, read when needed
 * @param undo the script backwards
 */
record Migration(int number, String name, Supplier<String> apply, Supplier<String> undo) {
    /** The shop before the inventory system; Django's migrations below it are never undone. */
    static final int BASE = DjangoLevel.BASE;
    /** The old shop's own inventory step, the last one that Django knows. */
    static final int STOCK = DjangoLevel.STOCK;

    static final List<Migration> KNOWN = List.of(
            of("0018_esquema_base"),
            of("0019_stock_system"),
            of("0020_reservas_seguras"),
            of("0021_indices_ligeros"),
            of("0022_sesiones_y_limites"),
            of("0023_sesiones_web"),
            of("0024_pendientes_por_usuario"),
            of("0025_indices_de_listas"),
            of("0026_indices_sin_rival"),
            of("0027_busquedas_y_kardex"),
            of("0028_ultimo_checkout"),
            of("0029_historial_sin_pendientes"),
            of("0030_busqueda_sin_acentos"),
            of("0031_precio_final"),
            of("0032_personas_y_conservacion"),
            of("0033_avisos_de_cuentas"),
            of("0034_cuentas_por_correo"),
            of("0035_imagenes"),
            of("0036_funciones"),
            of("0037_tienda_de_antes"),
            of("0038_eventos_y_correos"),
            of("0039_renovaciones_baratas"),
            of("0040_codigos_por_correo"),
            of("0041_favoritos"),
            of("0042_cuentas_propias"),
            of("0043_invitados"),
            of("0044_secreto_de_la_tienda"),
            of("0045_fotos"),
            of("0046_pagos"),
            of("0047_conciliacion"),
            of("0048_preguntas"));

    private static final Pattern REWRITTEN = Pattern.compile("^-- rewrites (\\S+)$", Pattern.MULTILINE);
    private static final Pattern INCLUDE = Pattern.compile("^-- include (\\S+)$", Pattern.MULTILINE);

    private static Migration of(String name) {
        return new Migration(
                Integer.parseInt(name.substring(0, 4)),
                name,
                () -> script(name + ".sql"),
                () -> script(name + ".undo.sql"));
    }

    /**
     * The script forwards.
     *
     * @param django whether Django made the database: its 0019 is then made as Django makes it
     */
    String script(boolean django) {
        return django && number == STOCK ? script("0019_de_django.sql") : apply.get();
    }

    /** The table of which the script forwards writes every row anew; a line of the script tells. */
    Optional<String> rewritten() {
        return REWRITTEN
                .matcher(apply.get())
                .results()
                .map(line -> line.group(1))
                .findFirst();
    }

    /** The script backwards, for {@link #script(boolean)}. */
    String undoScript(boolean django) {
        return django && number == STOCK ? script("0019_de_django.undo.sql") : undo.get();
    }

    /** The text of a script file, with each {@code -- include FILE} line replaced by that file. */
    static String script(String file) {
        Matcher include = INCLUDE.matcher(resource(file));
        return include.replaceAll(match -> Matcher.quoteReplacement(resource(match.group(1))));
    }

    private static String resource(String file) {
        try (InputStream in = Migration.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no migration script " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
