package com.electroisla.inventory.cli;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import com.electroisla.command.WrongUsage;
import com.electroisla.inventory.Inventory;
import com.electroisla.inventory.Inventory.Figures;
import com.electroisla.logs.HarmlessText;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code verificar_datos}: step 4 of the guide. */
public final class VerificarDatosCommand implements ManageCommand {
    private static final int MOST = 10_000;

    @Option(names = "-n", paramLabel = "N", description = "Cuántos productos [5]")
    private int count = 5;

    private final Part<Inventory> inventory;

    public VerificarDatosCommand(Part<Inventory> inventory) {
        this.inventory = inventory;
    }

    @Override
    public int run(Context context) {
        if (count < 1 || count > MOST) {
            throw new WrongUsage("-n va de 1 a " + MOST);
        }
        List<Figures> products = context.partAtStockSystem(inventory).firstProducts(count);
        for (Figures product : products) {
            context.printLines("""

                        Producto: %s
                        - stock_total: %d
                        - stock_reservado: %d
                        - stock_vendido: %d
                        - stock_disponible: %d\
                    """.formatted(
                            HarmlessText.of(product.name()),
                            product.total(),
                            product.reserved(),
                            product.sold(),
                            product.available()));
        }
        if (products.isEmpty()) {
            context.out().println("No hay productos.");
        }
        return 0;
    }
}
