package com.electroisla.backup.cli;

import com.electroisla.backup.BackupRefused;
import com.electroisla.backup.RestoreBackup;
import com.electroisla.backup.RestoreBackup.Restored;
import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.database.DatabaseClock;
import com.electroisla.logs.HarmlessText;
import com.electroisla.picture.PictureInventory;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restaurar FILE}: the rollback of the guide. */
public final class RestaurarCommand implements ManageCommand {
    @Parameters(
            arity = "1",
            paramLabel = "ARCHIVO",
            description = "El respaldo, hecho con ./manage respaldar. "
                    + "El SQL de uno sin cifrar se ejecuta con los permisos de la tienda: restaura solo archivos "
                    + "guardados por ti")
    private Path file = Path.of("");

    @Option(
            names = "--clave-archivo",
            paramLabel = "ARCHIVO",
            description = "Archivo con la clave de un respaldo cifrado (o ELECTRO_ISLA_RESPALDO_CLAVE)")
    private @Nullable Path keyFile;

    @Option(
            names = "--forzar",
            description = "Corta las conexiones de otros a la base en vez de rehusar mientras las haya")
    private boolean force;

    private final RestoreBackup.Afterwards holdLettersBack;

    /** @param holdLettersBack holds back the letters that the backup has pending */
    public RestaurarCommand(RestoreBackup.Afterwards holdLettersBack) {
        this.holdLettersBack = holdLettersBack;
    }

    @Override
    public int run(Context context) throws IOException {
        try {
            Restored restored = new RestoreBackup(context.database(), DatabaseClock.REAL, holdLettersBack)
                    .run(file, BackupKey.toOpen(context, keyFile), force, context.err()::println);
            context.printLines("""
                    ✅ Respaldo restaurado: %s
                    - Momento: %s
                    - Tablas: %d
                    - Filas: %d, iguales que en el respaldo\
                    """.formatted(
                            HarmlessText.of(file.toString()), restored.moment(), restored.tables(), restored.rows()));
            restored.earlier()
                    .ifPresent(earlier -> context.out()
                            .println(("- Lo que había sigue en el esquema %s; cuando no haga falta: "
                                            + "DROP SCHEMA %s CASCADE")
                                    .formatted(earlier, earlier)));
            if (restored.changed() > 0) {
                context.out()
                        .println(("- Correos retenidos: %d, que en el respaldo esperaban y quizá salieron ya; "
                                        + "/admin/correos/ los envía o los descarta")
                                .formatted(restored.changed()));
            }
            PictureInventory pictures =
                    PictureInventory.take(context.database(), context.settings().media());
            if (pictures.missing() > 0) {
                context.out()
                        .println("ℹ️ Faltan %d de %d fotos en la carpeta %s; cópialas ahí. Por ejemplo: %s"
                                .formatted(
                                        pictures.missing(),
                                        pictures.named(),
                                        HarmlessText.of(
                                                context.settings().media().toString()),
                                        HarmlessText.of(String.join(", ", pictures.some()))));
            }
            restored.remarks().forEach(remark -> context.out().println("ℹ️ " + remark));
            if (force) {
                context.out()
                        .println("ℹ️ Reinicia los servidores que seguían en marcha: guardan en memoria cosas "
                                + "de la base anterior.");
            }
            return 0;
        } catch (BackupRefused refused) {
            throw new CommandRefused(String.valueOf(refused.getMessage()));
        }
    }
}
