package com.electroisla.reservation.cli;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import com.electroisla.command.WrongUsage;
import com.electroisla.inventory.Inventory;
import com.electroisla.reservation.ReservationStatus;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code reservas}: step 9 of the guide. */
public final class ReservasCommand implements ManageCommand {
    private static final Map<String, String> STATUSES = Map.of(
            ReservationStatus.PENDING.word(), "pendientes",
            ReservationStatus.CONFIRMED.word(), "confirmadas",
            ReservationStatus.CANCELLED.word(), "canceladas",
            ReservationStatus.EXPIRED.word(), "expiradas");
    private static final int MOST_MINUTES = 525_600;

    @Option(
            names = "--estado",
            paramLabel = "ESTADO",
            description = "pending, confirmed, cancelled o expired [pending]")
    private String status = ReservationStatus.PENDING.word();

    @Option(names = "--por-expirar", paramLabel = "MIN", description = "Cuenta las que expiran en tantos minutos [5]")
    private int minutes = 5;

    private final Part<Inventory> inventory;

    public ReservasCommand(Part<Inventory> inventory) {
        this.inventory = inventory;
    }

    @Override
    public int run(Context context) {
        String word = STATUSES.get(status);
        if (word == null) {
            throw new WrongUsage("--estado es uno de: pending, confirmed, cancelled, expired");
        }
        if (minutes < 1 || minutes > MOST_MINUTES) {
            throw new WrongUsage("--por-expirar va de 1 a " + MOST_MINUTES + " minutos");
        }
        Inventory asked = context.partAtStockSystem(inventory);
        context.out().println("Reservas " + word + ": " + asked.count(status));
        asked.forEachHeld(
                status,
                held -> context.out()
                        .println("  - " + held.username() + ": " + held.product() + " x" + held.quantity()));
        context.out().println();
        context.out().println("Reservas próximas a expirar: " + asked.runningOutWithin(Duration.ofMinutes(minutes)));
        return 0;
    }
}
