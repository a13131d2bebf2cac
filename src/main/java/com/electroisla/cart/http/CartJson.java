package com.electroisla.cart.http;

import com.electroisla.cart.Cart;
import com.electroisla.http.server.PublicAddress;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code carrito} of the contract. */
public record CartJson(
        long id, List<Item> items, BigDecimal total, int totalItems, Instant createdAt, Instant updatedAt) {

    public record Item(
            long id,
            Product product,
            int quantity,
            String priceAtAddition,
            BigDecimal subtotal,
            Instant createdAt,
            Instant updatedAt) {}

    public record Product(long id, String nombre, @Nullable String imagenUrl, String categoria) {}

    public static CartJson of(Cart cart, PublicAddress site) {
        return new CartJson(
                cart.id(),
                cart.items().stream().map(item -> item(item, site)).toList(),
                cart.total(),
                cart.totalUnits(),
                cart.createdAt(),
                cart.updatedAt());
    }

    private static Item item(Cart.Item item, PublicAddress site) {
        Cart.ItemProduct product = item.product();
        return new Item(
                item.id(),
                new Product(product.id(), product.name(), site.of(product.picture()), product.category()),
                item.quantity(),
                item.priceAtAddition().toPlainString(),
                item.subtotal(),
                item.createdAt(),
                item.updatedAt());
    }
}
