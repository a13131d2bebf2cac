package com.electroisla.catalog.http;

import com.electroisla.catalog.Product;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code producto} in the contract: names and order are fixed, prices are text. */
record ProductJson(
        long id,
        String nombre,
        String descripcion,
        String precio,
        int descuento,
        String precioFinal,
        String categoria,
        @Nullable String imagenUrl,
        boolean activo,
        int stock,
        int stockTotal,
        int stockReservado,
        int stockVendido,
        int stockDisponible,
        Instant createdAt,
        Instant updatedAt) {

    static ProductJson of(Product product) {
        return new ProductJson(
                product.id(),
                product.name(),
                product.description(),
                product.price().toString(),
                product.discountPercent(),
                product.finalPrice().toString(),
                product.categoryCode(),
                product.imageUrl(),
                product.active(),
                product.stockAvailable(),
                product.stock().total(),
                product.stock().held(),
                product.stock().sold(),
                product.stockAvailable(),
                product.createdAt(),
                product.updatedAt());
    }
}
