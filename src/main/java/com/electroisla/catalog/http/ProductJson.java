package com.electroisla.catalog.http;

import com.electroisla.catalog.Product;
import com.electroisla.http.server.PublicAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code producto} of the contract: names and order are fixed, prices are text. */
public record ProductJson(
        long id,
        String nombre,
        String descripcion,
        String precio,
        int descuento,
        String precioFinal,
        String categoria,
        @Nullable String imagenUrl,
        boolean activo,
        boolean enCarrusel,
        boolean enCarouselCard,
        boolean enAllProducts,
        int stock,
        int stockTotal,
        int stockReservado,
        int stockVendido,
        int stockDisponible,
        Instant createdAt,
        Instant updatedAt) {

    public static ProductJson of(Product product, PublicAddress site) {
        return new ProductJson(
                product.id(),
                product.name(),
                product.description(),
                product.price().toString(),
                product.discountPercent(),
                product.finalPrice().toString(),
                product.categoryCode(),
                site.of(product.picture()),
                product.active(),
                product.shelves().inCarousel(),
                product.shelves().onCarouselCard(),
                product.shelves().inAllProducts(),
                product.stockAvailable(),
                product.stock().total(),
                product.stock().held(),
                product.stock().sold(),
                product.stockAvailable(),
                product.createdAt(),
                product.updatedAt());
    }
}
