package com.electroisla.transfer.cli;

import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import com.electroisla.command.Progress;
import com.electroisla.transfer.DumpCatalogue;
import com.electroisla.transfer.TooLargeForXlsx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dumpdata}: the catalogue as a file. */
public final class DumpDataCommand implements ManageCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "ARCHIVO",
            description = "CSV, o XLSX por su extensión; sin él, CSV por la salida estándar")
    private @Nullable Path file;

    @Option(names = "--sin-id", description = "Sin la columna id: para crear los productos en otra tienda")
    private boolean withoutIds;

    private final Part<DumpCatalogue> catalogue;

    public DumpDataCommand(Part<DumpCatalogue> catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public int run(Context context) throws IOException {
        Path target = file;
        if (target != null && (Files.isDirectory(target) || !Files.isDirectory(parent(target)))) {
            throw new CommandRefused("No se puede escribir el archivo " + target);
        }
        DumpCatalogue dump = context.part(catalogue);
        long count;
        try (Progress progress = new Progress(context, "productos escritos")) {
            count = target == null
                    ? dump.toStream(context.out(), !withoutIds, progress::at)
                    : dump.toFile(target, !withoutIds, progress::at);
        } catch (TooLargeForXlsx tooLarge) {
            throw new CommandRefused(String.valueOf(tooLarge.getMessage()));
        }
        if (target != null) {
            context.out().println("✓ " + count + " productos en " + target);
        } else if (context.out().checkError()) {
            throw new CommandRefused("La salida se cerró antes de tiempo: faltan productos.");
        }
        return 0;
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }
}
