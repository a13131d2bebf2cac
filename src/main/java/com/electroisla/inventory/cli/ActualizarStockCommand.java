package com.electroisla.inventory.cli;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import com.electroisla.inventory.InitialiseStock;

/** {@code actualizar_stock}: step 3 of the guide. */
public final class ActualizarStockCommand implements ManageCommand {
    private final Part<InitialiseStock> initialise;

    public ActualizarStockCommand(Part<InitialiseStock> initialise) {
        this.initialise = initialise;
    }

    @Override
    public int run(Context context) {
        int count = context.partAtStockSystem(initialise)
                .run(product -> context.out().println("✓ " + product.name() + ": stock_total=" + product.total()));
        context.out().println();
        context.out().println("✓ Total de " + count + " productos actualizados");
        return 0;
    }
}
