package com.electroisla.oldfront.http;

import com.electroisla.admin.StaffProduct;
import com.electroisla.http.server.PublicAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A product for the staff in the old front end's names: {@code stock} is the number of free units, which its form sends
 * back.
 */
record AdminProductJson(
        long id,
        String nombre,
        String descripcion,
        String precio,
        int descuento,
        String categoria,
        @Nullable String imagenUrl,
        @Nullable String imagen,
        int stock,
        int stockTotal,
        int stockReservado,
        int stockVendido,
        int stockDisponible,
        boolean activo,
        boolean enCarrusel,
        boolean enCarouselCard,
        boolean enAllProducts,
        String creadoPorUsername,
        Instant createdAt,
        Instant updatedAt) {

    static AdminProductJson of(StaffProduct product, PublicAddress site) {
        String address = site.of(product.picture());
        return new AdminProductJson(
                product.id(),
                product.name(),
                product.description(),
                product.price().toString(),
                product.discountPercent(),
                product.category(),
                address,
                product.uploaded() ? address : null,
                product.stock().free(),
                product.stock().total(),
                product.stock().held(),
                product.stock().sold(),
                product.stock().free(),
                product.active(),
                product.inCarousel(),
                product.onCarouselCard(),
                product.inAllProducts(),
                product.maker(),
                product.createdAt(),
                product.updatedAt());
    }
}
