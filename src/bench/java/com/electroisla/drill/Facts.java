package com.electroisla.drill;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The database's content after the drill.
 *
 * @param now the database's clock
 */
record Facts(
        Instant now,
        List<ProductRow> products,
        List<CartRow> cartLines,
        List<HoldRow> holds,
        List<OrderRow> orders,
        List<ReturnRow> returns,
        List<LetterRow> letters) {

    record ProductRow(long id, int total, int reserved, int sold) {}

    record CartRow(int user, long product, int quantity) {}

    /** @param order the order that the hold was sold with */
    record HoldRow(
            long id,
            int user,
            long product,
            int quantity,
            String status,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant confirmedAt,
            @Nullable Instant cancelledAt,
            @Nullable Long order) {}

    /** @param lines quantity by product; a product on two lines is a difference, and the reader adds it up */
    record OrderRow(long id, int user, String state, Map<Long, Integer> lines) {}

    /** Units given back by a cancelled order. */
    record ReturnRow(long order, long product, int quantity, Instant at) {}

    /** @param key tells what the letter is about, such as {@code pedido_creado/7} */
    record LetterRow(long id, String key, String recipient, String state) {}
}
