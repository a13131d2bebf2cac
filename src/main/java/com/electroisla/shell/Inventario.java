package com.electroisla.shell;

import com.electroisla.inventory.Inventory;
import com.electroisla.wiring.Shop;
import java.util.Optional;
import java.util.function.Consumer;

/** The figures of the whole warehouse. */
public final class Inventario {
    private final Shop tienda;

    Inventario(Shop tienda) {
        this.tienda = tienda;
    }

    /** The summary RESUMEN DE INVENTARIO of the guide. */
    public record Resumen(long total, long reservado, long vendido, long disponible, long reservasActivas) {}

    /** A product that was initialised just now. */
    public record Inicializado(long id, String nombre, int stockTotal) {}

    public Resumen resumen() {
        Inventory.Summary figures = tienda.inventory().summary();
        return new Resumen(
                figures.total(),
                figures.reserved(),
                figures.sold(),
                figures.available(),
                figures.pendingReservations());
    }

    /**
     * Runs step 3: {@code stock_total = stock} for products without figures.
     *
     * @return how many
     */
    public int actualizarStock(Consumer<Inicializado> cada) {
        return tienda.initialiseStock()
                .run(product -> cada.accept(new Inicializado(product.productId(), product.name(), product.total())));
    }

    /** How many products wait for step 3. */
    public long sinInicializar() {
        return tienda.inventory().uninitialised();
    }

    /** The number of differences between figures and reservations; {@code verificar_inventario} names them. */
    public int diferencias() {
        return tienda.inventory().verify(Optional.empty(), difference -> {});
    }
}
