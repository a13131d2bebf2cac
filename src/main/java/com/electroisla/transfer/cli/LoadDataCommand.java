package com.electroisla.transfer.cli;

import com.electroisla.audit.Actor;
import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import com.electroisla.command.Progress;
import com.electroisla.command.WrongUsage;
import com.electroisla.transfer.LoadAudit;
import com.electroisla.transfer.LoadCatalogue;
import com.electroisla.transfer.LoadOptions;
import com.electroisla.transfer.LoadOutcome;
import com.electroisla.transfer.PriceLeaps;
import com.electroisla.transfer.SameName;
import com.electroisla.transfer.TransferProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loaddata}: a catalogue file into the shop. */
public final class LoadDataCommand implements ManageCommand {
    @Parameters(paramLabel = "ARCHIVO", description = "CSV en UTF-8 con encabezado, o XLSX por su extensión")
    private Path file = Path.of("");

    @Option(names = "--parcial", description = "Carga las líneas buenas aunque otras estén mal")
    private boolean partial;

    @Option(
            names = "--mismo-nombre",
            paramLabel = "QUÉ",
            description = "Una línea sin id cuyo nombre ya tiene un producto: actualizar lo cambia, crear hace "
                    + "otro; sin esto es un error")
    private @Nullable String sameName;

    private final Part<LoadCatalogue> catalogue;

    public LoadDataCommand(Part<LoadCatalogue> catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public int run(Context context) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandRefused("No se puede leer el archivo " + file);
        }
        LoadOptions options = new LoadOptions(partial, sameName());
        LoadCatalogue load = context.part(catalogue);
        LoadOutcome outcome;
        try (Stage stage = new Stage(context)) {
            outcome = load.run(
                    file,
                    options,
                    stage,
                    new LoadAudit(Actor.ofCommand("loaddata"), String.valueOf(file.getFileName())));
        }
        outcome.problems().forEach(problem -> context.err().println(problem));
        long untold = outcome.problemCount() - outcome.problems().size();
        if (untold > 0) {
            context.err().println("… y " + untold + " problemas más");
        }
        return switch (outcome) {
            case LoadOutcome.Loaded loaded -> loaded(context, loaded);
            case LoadOutcome.Refused refused -> {
                context.err().println("❌ " + problems(refused.problemCount()) + "; no se ha escrito nada");
                yield 1;
            }
            case LoadOutcome.Stopped stopped -> stopped(context, stopped);
            case LoadOutcome.ChangedSince _, LoadOutcome.DoneBefore _ ->
                throw new IllegalStateException("nobody was shown a preview");
        };
    }

    private SameName sameName() {
        return switch (sameName) {
            case null -> SameName.REFUSE;
            case "actualizar" -> SameName.UPDATE;
            case "crear" -> SameName.CREATE;
            default -> throw new WrongUsage("--mismo-nombre es actualizar o crear, no «" + sameName + "»");
        };
    }

    private int loaded(Context context, LoadOutcome.Loaded loaded) {
        context.out()
                .println("✓ " + loaded.created() + " productos creados, " + loaded.updated() + " actualizados, "
                        + loaded.unchanged() + " sin cambios");
        tell(context, loaded.leaps());
        if (loaded.problemCount() > 0) {
            context.err().println("⚠ " + problems(loaded.problemCount()) + "; esas líneas no se han cargado");
        }
        return loaded.problemCount() == 0 || partial ? 0 : 1;
    }

    private static void tell(Context context, PriceLeaps leaps) {
        if (leaps.count() == 0) {
            return;
        }
        leaps.first().forEach(leap -> context.err().println(leap));
        context.err()
                .println("⚠ " + leaps.count()
                        + (leaps.count() == 1 ? " salto de precio: cambia" : " saltos de precio: cambian")
                        + " en más de la mitad; si no es lo que querías, cárgalo corregido");
    }

    private static int stopped(Context context, LoadOutcome.Stopped stopped) {
        context.out().println("✓ " + stopped.created() + " productos creados, " + stopped.updated() + " actualizados");
        context.err()
                .println("❌ La carga se interrumpió: " + upTo(stopped.upToLine())
                        + (stopped.uncertainTo() > stopped.upToLine()
                                ? " (de ahí a la " + stopped.uncertainTo() + " no se sabe)"
                                : "")
                        + " y faltan " + stopped.remaining() + ". " + AGAIN);
        throw stopped.cause();
    }

    private static final String AGAIN = "Vuelve a cargar el mismo archivo: lo que ya está escrito queda como está"
            + " (si creaba productos, con --mismo-nombre actualizar).";

    private static String upTo(long line) {
        return line == 0 ? "no hay ninguna línea escrita" : "están escritas las líneas hasta la " + line;
    }

    private static String problems(long count) {
        return count + (count == 1 ? " problema" : " problemas");
    }

    /** Reports the progress while the load goes on, and once more when a signal ends the process in the middle. */
    private static final class Stage implements TransferProgress, AutoCloseable {
        private final Progress reading;
        private final Progress writing;
        private final Thread whenKilled;
        private volatile long line = -1;

        Stage(Context context) {
            this.reading = new Progress(context, "filas leídas");
            this.writing = new Progress(context, "filas escritas");
            this.whenKilled = new Thread(
                    () -> {
                        if (line >= 0) {
                            context.err()
                                    .println("❌ La carga se interrumpió: " + upTo(line)
                                            + " (y quizá las que se estaban escribiendo). " + AGAIN);
                            context.err().flush();
                        }
                    },
                    "hasta-donde");
            Runtime.getRuntime().addShutdownHook(whenKilled);
        }

        @Override
        public void at(long rows, int thousandths) {
            reading.at(rows, thousandths);
        }

        @Override
        public void written(long upToLine, long count, long of) {
            line = upToLine;
            writing.at(count, (int) (count * 1_000 / of));
        }

        @Override
        public void close() {
            writing.close();
            reading.close();
            try {
                Runtime.getRuntime().removeShutdownHook(whenKilled);
            } catch (IllegalStateException beingKilled) {
                // The JVM is ending, and the hook reports how far the load came.
            }
        }
    }
}
