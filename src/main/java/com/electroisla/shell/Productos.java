package com.electroisla.shell;

import com.electroisla.catalog.Price;
import com.electroisla.database.StockFigures;
import com.electroisla.wiring.Shop;
import java.util.Optional;
import java.util.stream.Stream;

/** The products, those off sale included. */
public final class Productos {
    private final Shop tienda;

    Productos(Shop tienda) {
        this.tienda = tienda;
    }

    /**
     * A product and its figures.
     *
     * @param stock the old column; equals {@link #stockDisponible()} once the product is initialised
     */
    public record Producto(
            long id,
            String nombre,
            Price precio,
            int descuento,
            String categoria,
            boolean activo,
            int stock,
            int stockTotal,
            int stockReservado,
            int stockVendido) {

        /** The units that another buyer can still take. */
        public int stockDisponible() {
            return new StockFigures(stockTotal, stockReservado, stockVendido).free();
        }

        /** Whether the product waits for step 3: it has {@code stock}, and no figures yet. */
        public boolean sinInicializar() {
            return stockTotal == 0 && stockReservado == 0 && stockVendido == 0 && stock > 0;
        }
    }

    /** All products, by id, read as they are needed. */
    public Stream<Producto> todos() {
        return Paginas.de(
                (despuesDe, filas) -> tienda.database().read(handle -> ShellSql.products(handle, despuesDe, filas)),
                Producto::id);
    }

    public Optional<Producto> buscar(long id) {
        return tienda.database().read(handle -> ShellSql.products(handle, id - 1, 1)).stream()
                .filter(producto -> producto.id() == id)
                .findFirst();
    }

    public long contar() {
        return tienda.database().read(ShellSql::countProducts);
    }
}
