package com.electroisla.backup.cli;

import com.electroisla.backup.BackupRefused;
import com.electroisla.backup.TakeBackup;
import com.electroisla.backup.TakeBackup.Made;
import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.database.DatabaseClock;
import com.electroisla.logs.HarmlessText;
import com.electroisla.picture.PictureInventory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code respaldar [FILE]}: step 1 of the guide. */
public final class RespaldarCommand implements ManageCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "ARCHIVO",
            description = "Dónde; sin él, respaldos/electro_isla_FECHA.eib en ELECTRO_ISLA_HOME")
    private @Nullable Path file;

    @Option(
            names = "--clave-archivo",
            paramLabel = "ARCHIVO",
            description = "Cifra el respaldo con la clave que hay en este archivo (o en ELECTRO_ISLA_RESPALDO_CLAVE)")
    private @Nullable Path keyFile;

    @Override
    public int run(Context context) throws IOException {
        Optional<String> key = BackupKey.toSeal(context, keyFile);
        TakeBackup backup = new TakeBackup(context.database(), DatabaseClock.REAL);
        try {
            Path where =
                    file == null ? backup.defaultFile(context.settings().home().resolve("respaldos")) : file;
            Made made = backup.run(where, key, context.err()::println);
            context.printLines("""
                    ✅ Respaldo completo: %s
                    - Momento: %s
                    - Tablas: %d
                    - Filas: %d
                    - Tamaño: %d bytes
                    - Cifrado: %s\
                    """.formatted(
                            HarmlessText.of(made.file().toString()),
                            made.moment(),
                            made.tables(),
                            made.rows(),
                            made.bytes(),
                            made.encrypted() ? "sí" : "no"));
            PictureInventory pictures =
                    PictureInventory.take(context.database(), context.settings().media());
            if (pictures.named() > 0) {
                context.err()
                        .println("ℹ️ Las fotos no van en el respaldo: son archivos. Copia también la carpeta "
                                + HarmlessText.of(context.settings().media().toString()) + " (fotos: "
                                + pictures.named() + ", de ellas faltan " + pictures.missing() + ").");
            }
            if (!made.orphans().isEmpty()) {
                made.orphans().forEach(orphans -> context.err().println("  - " + orphans.sentence()));
                context.err()
                        .println("❌ El respaldo tiene filas huérfanas: restaurar lo rechaza. Corrígelas en la "
                                + "base y haz otro.");
                return 1;
            }
            return 0;
        } catch (BackupRefused refused) {
            throw new CommandRefused(String.valueOf(refused.getMessage()));
        }
    }
}
