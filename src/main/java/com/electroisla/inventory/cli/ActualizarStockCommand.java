package com.electroisla.inventory.cli;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;

/** {@code actualizar_stock}: step 3 of the guide. */
public final class ActualizarStockCommand implements ManageCommand {
    @Override
    public int run(Context context) {
        int count = context.shopAtStockSystem().initialiseStock().run(
                product -> context.out().println("✓ " + product.name() + ": stock_total=" + product.total()));
        context.out().println();
        context.out().println("✓ Total de " + count + " productos actualizados");
        return 0;
    }
}
