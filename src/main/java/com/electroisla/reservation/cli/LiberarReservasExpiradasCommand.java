package com.electroisla.reservation.cli;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import com.electroisla.logs.LogFiles;
import com.electroisla.order.LapseOrders;
import com.electroisla.payment.LapsePayments;
import com.electroisla.reservation.ExpireReservations;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import picocli.CommandLine.Option;

/**
 * {@code liberar_reservas_expiradas}: step 7.3 of the guide, and cron's command. Unpaid orders whose time is over are
 * cancelled too. Safe at any time and twice at once.
 */
public final class LiberarReservasExpiradasCommand implements ManageCommand {
    @Option(names = "--verbose", description = "Muestra cada reserva liberada")
    private boolean verbose;

    private final Part<ExpireReservations> expire;
    private final Part<LapsePayments> lapsePayments;
    private final Part<LapseOrders> lapse;

    /** @param lapsePayments is not counted: a payment that lapsed is no hold, and neither is an order */
    public LiberarReservasExpiradasCommand(
            Part<ExpireReservations> expire, Part<LapsePayments> lapsePayments, Part<LapseOrders> lapse) {
        this.lapsePayments = lapsePayments;
        this.expire = expire;
        this.lapse = lapse;
    }

    @Override
    public int run(Context context) {
        ExpireReservations sweep = context.partAtStockSystem(expire);
        context.out().println("🔄 Iniciando liberación de reservas expiradas...");
        List<String> lines = new ArrayList<>();
        int released = sweep.run(hold -> {
            if (verbose) {
                lines.add("  - " + hold.username() + ": " + hold.product() + " x" + hold.quantity());
            }
        });
        context.partAtStockSystem(lapsePayments).run();
        int lapsed = context.partAtStockSystem(lapse).runWhereKept();
        context.out().println("✅ " + released + " reservas expiradas liberadas exitosamente");
        if (lapsed > 0) {
            context.out().println("✅ " + lapsed + " pedidos sin pagar cancelados");
            Logger.getLogger(LogFiles.RESERVATIONS)
                    .info("liberar_reservas_expiradas: " + lapsed + " pedidos sin pagar cancelados");
        }
        lines.forEach(context.out()::println);
        if (verbose && released == 0) {
            context.out().println("ℹ️ No hay reservas expiradas para liberar");
        }
        Logger.getLogger(LogFiles.RESERVATIONS)
                .info("liberar_reservas_expiradas: " + released + " reservas expiradas liberadas");
        return 0;
    }
}
