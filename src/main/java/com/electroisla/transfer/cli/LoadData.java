package com.electroisla.transfer.cli;

import com.electroisla.Shop;
import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Progress;
import com.electroisla.transfer.LoadCatalogue;
import com.electroisla.transfer.LoadOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loaddata}: a catalogue file into the shop. */
public final class LoadData implements ManageCommand {
    @Parameters(paramLabel = "ARCHIVO", description = "CSV en UTF-8 con encabezado, o XLSX por su extensión")
    private Path file = Path.of("");

    @Option(names = "--parcial", description = "Carga las líneas buenas aunque otras estén mal")
    private boolean partial;

    @Override
    public int run(Context context) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandRefused("No se puede leer el archivo " + file);
        }
        Shop shop = context.shop();
        LoadOutcome outcome;
        try (Progress progress = new Progress(context, "filas leídas")) {
            outcome = new LoadCatalogue(shop.database(), shop.clock()).run(file, partial, progress::at);
        }
        outcome.problems().forEach(problem -> context.err().println(problem));
        long untold = outcome.problemCount() - outcome.problems().size();
        if (untold > 0) {
            context.err().println("… y " + untold + " problemas más");
        }
        return switch (outcome) {
            case LoadOutcome.Loaded loaded -> loaded(context, loaded);
            case LoadOutcome.Refused refused -> {
                context.err().println("❌ " + refused.problemCount() + (refused.problemCount() == 1 ? " problema" : " problemas") + "; no se ha escrito nada");
                yield 1;
            }
        };
    }

    private static int loaded(Context context, LoadOutcome.Loaded loaded) {
        context.out().println("✓ " + loaded.created() + " productos creados, " + loaded.updated() + " actualizados, "
                + loaded.unchanged() + " sin cambios");
        if (loaded.problemCount() > 0) {
            context.err().println("⚠ " + loaded.problemCount() + (loaded.problemCount() == 1 ? " problema" : " problemas") + "; esas líneas no se han cargado");
        }
        return 0;
    }
}
