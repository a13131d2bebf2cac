package com.electroisla.inventory.cli;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import com.electroisla.inventory.Inventory;
import com.electroisla.inventory.Inventory.Summary;

/** {@code resumen_inventario}: the guide's summary RESUMEN DE INVENTARIO. */
public final class ResumenInventarioCommand implements ManageCommand {
    private final Part<Inventory> inventory;

    public ResumenInventarioCommand(Part<Inventory> inventory) {
        this.inventory = inventory;
    }

    @Override
    public int run(Context context) {
        Summary summary = context.partAtStockSystem(inventory).summary();
        context.printLines("""

                RESUMEN DE INVENTARIO:
                - Total en almacén: %d
                - Total reservado: %d
                - Total vendido: %d
                - Disponible: %d

                Reservas activas: %d""".formatted(
                        summary.total(),
                        summary.reserved(),
                        summary.sold(),
                        summary.available(),
                        summary.pendingReservations()));
        return 0;
    }
}
