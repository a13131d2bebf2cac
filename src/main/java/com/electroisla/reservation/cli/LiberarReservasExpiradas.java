package com.electroisla.reservation.cli;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.logs.LogFiles;
import java.util.logging.Logger;
import picocli.CommandLine.Option;

/** {@code liberar_reservas_expiradas}: step 7.3 of the guide, and what cron runs. Safe at any time and twice at once. */
public final class LiberarReservasExpiradas implements ManageCommand {
    @Option(names = "--verbose", description = "Muestra cada reserva liberada")
    private boolean verbose;

    @Override
    public int run(Context context) {
        var expire = context.shopAtStockSystem().expireReservations();
        context.out().println("🔄 Iniciando liberación de reservas expiradas...");
        StringBuilder lines = new StringBuilder();
        int released = expire.run(hold -> {
            if (verbose) {
                lines.append("  - ").append(hold.username()).append(": ").append(hold.product()).append(" x").append(hold.quantity()).append('\n');
            }
        });
        context.out().println("✅ " + released + " reservas expiradas liberadas exitosamente");
        context.out().print(lines);
        if (verbose && released == 0) {
            context.out().println("ℹ️ No hay reservas expiradas para liberar");
        }
        Logger.getLogger(LogFiles.RESERVATIONS).info("liberar_reservas_expiradas: " + released + " reservas expiradas liberadas");
        return 0;
    }
}
