package com.electroisla.cart.http;

import com.electroisla.cart.Cart;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contract's {@code carrito}. */
record CartJson(long id, List<Item> items, BigDecimal total, int totalItems, Instant createdAt, Instant updatedAt) {

    record Item(
            long id, Product product, int quantity, String priceAtAddition, BigDecimal subtotal, Instant createdAt, Instant updatedAt) {}

    record Product(long id, String nombre, @Nullable String imagenUrl, String categoria) {}

    static CartJson of(Cart cart) {
        return new CartJson(cart.id(), cart.items().stream().map(CartJson::item).toList(), cart.total(), cart.totalUnits(), cart.createdAt(), cart.updatedAt());
    }

    private static Item item(Cart.Item item) {
        Cart.ItemProduct product = item.product();
        return new Item(item.id(), new Product(product.id(), product.name(), product.imageUrl(), product.category()), item.quantity(),
                item.priceAtAddition().toPlainString(), item.subtotal(), item.createdAt(), item.updatedAt());
    }
}
