package com.electroisla.reservation;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import com.electroisla.database.StockFigures;
import java.time.Instant;
import java.util.List;

/** The statements with which a batch writes, each of many rows in their final state. */
final class WritesSql {
    private WritesSql() {}

    private static final String FIGURES =
            """
            UPDATE productos p SET stock_reservado = v.reservado, stock_vendido = v.vendido, stock = <free>
              FROM unnest(:stockIds, :reserved, :sold) AS v(id, reservado, vendido)
             WHERE p.id = v.id
            """.replace("<free>", StockFigures.free("p.stock_total", "v.reservado", "v.vendido"));

    /**
     * Writes {@code stock} as the trigger does for other programs: these connections fire no triggers. A product with
     * a hold or a sale is initialised.
     */
    static void writeStock(Script updates, List<BatchState.Stock> stock) {
        if (stock.isEmpty()) {
            return;
        }
        updates.add(FIGURES)
                .bind("stockIds", Column.longs(stock, each -> each.id))
                .bind("reserved", Column.ints(stock, each -> each.reserved))
                .bind("sold", Column.ints(stock, each -> each.sold));
    }

    private static final String INSERT_HOLDS = """
            INSERT INTO stock_reservations (id, usuario_id, producto_id, cantidad, status, created_at, expires_at,
                   confirmed_at, cancelled_at, ip_address, user_agent, precio_unitario, checkout_id,
                   pedido_id<column>)
            SELECT id, usuario, producto, cantidad, status, :now, <end>,
                   CASE WHEN status = 'confirmed' THEN :now END, CASE WHEN status = 'cancelled' THEN :now END,
                   ip::inet, COALESCE(agente, ''), precio, checkout, pedido<value>
              FROM unnest(:newHolds, :users, :products, :quantities, :statuses, :addresses, :agents, :prices,
                :newCheckouts, :newOrders<array>)
                AS v(id, usuario, producto, cantidad, status, ip, agente, precio, checkout, pedido<name>)
            """;

    /** Most holds begin now and end together. */
    private static final String INSERT_ALIKE = INSERT_HOLDS
            .replace("<column>", "")
            .replace("<end>", ":expires")
            .replace("<value>", "")
            .replace("<array>", "")
            .replace("<name>", "");

    /** Holds that follow others of the same product, that payments keep, or that late money sells. */
    private static final String INSERT_SINGLY = INSERT_HOLDS
            .replace("<column>", ", retenida_desde, pago_id")
            .replace("<end>", "expira::timestamptz")
            .replace("<value>", ", NULLIF(desde::timestamptz, :now), pago")
            .replace("<array>", ", :newEnds, :heldSince, :newHoldsPayments")
            .replace("<name>", ", expira, desde, pago");

    /** Inserts holds. */
    static void insertHolds(Script updates, List<Hold> holds, Instant now) {
        if (holds.isEmpty()) {
            return;
        }
        Instant end = holds.getFirst().expiresAt;
        boolean alike = holds.stream()
                .allMatch(hold -> hold.expiresAt.equals(end) && hold.since.equals(now) && hold.payment == null);
        updates.add(alike ? INSERT_ALIKE : INSERT_SINGLY)
                .bind("now", Rows.timestamp(now))
                .bind("newHolds", Column.longs(holds, hold -> hold.id))
                .bind("users", Column.ints(holds, hold -> hold.userId))
                .bind("products", Column.longs(holds, hold -> hold.productId))
                .bind("quantities", Column.ints(holds, hold -> hold.quantity))
                .bind("statuses", Column.strings(holds, hold -> hold.status.word()))
                .bind("addresses", Column.strings(holds, hold -> hold.address))
                .bind("agents", Column.strings(holds, hold -> hold.userAgent))
                .bind("prices", Column.numerics(holds, hold -> hold.price))
                .bind("newCheckouts", Column.longs(holds, hold -> hold.checkout))
                .bind("newOrders", Column.longs(holds, hold -> hold.order));
        if (alike) {
            updates.bind("expires", Rows.timestamp(end));
        } else {
            updates.bind("newEnds", Column.strings(holds, hold -> hold.expiresAt.toString()))
                    .bind("heldSince", Column.strings(holds, hold -> hold.since.toString()))
                    .bind("newHoldsPayments", Column.longs(holds, hold -> hold.payment));
        }
    }

    private static final String UPDATE_HOLDS = """
            UPDATE stock_reservations r
               SET status = v.status, expires_at = v.expira::timestamptz, precio_unitario = v.precio,
                   vencia_at = CASE WHEN v.status = 'pending' AND r.revisar_desde > :now THEN r.revisar_desde END,
                   checkout_id = COALESCE(v.checkout, r.checkout_id), pedido_id = v.pedido, pago_id = <payment>,
                   confirmed_at = CASE WHEN v.status = 'confirmed' THEN :now END,
                   cancelled_at = CASE WHEN v.status = 'cancelled' THEN :now END
              FROM unnest(:holdIds, :holdStatuses, :holdExpires, :holdPrices, :holdCheckouts, :holdOrders<array>)
                AS v(id, status, expira, precio, checkout, pedido<name>)
             WHERE r.id = v.id AND r.status = 'pending'
            """;

    private static final String UPDATE_UNKEPT =
            UPDATE_HOLDS.replace("<payment>", "NULL").replace("<array>", "").replace("<name>", "");

    private static final String UPDATE_KEPT = UPDATE_HOLDS
            .replace("<payment>", "v.pago")
            .replace("<array>", ", :holdPayments")
            .replace("<name>", ", pago");

    /**
     * Updates holds. A renewed one keeps {@code revisar_desde} while that has not passed, so that no index has to
     * learn of the renewal (docs/decisions/0019-renewals.md).
     */
    static void updateHolds(Script updates, List<Hold> holds, Instant now) {
        if (holds.isEmpty()) {
            return;
        }
        boolean kept = holds.stream().anyMatch(hold -> hold.payment != null);
        updates.add(kept ? UPDATE_KEPT : UPDATE_UNKEPT)
                .bind("now", Rows.timestamp(now))
                .bind("holdIds", Column.longs(holds, hold -> hold.id))
                .bind("holdStatuses", Column.strings(holds, hold -> hold.status.word()))
                .bind("holdExpires", Column.strings(holds, hold -> hold.expiresAt.toString()))
                .bind("holdPrices", Column.numerics(holds, hold -> hold.price))
                .bind("holdCheckouts", Column.longs(holds, hold -> hold.checkout))
                .bind("holdOrders", Column.longs(holds, hold -> hold.order));
        if (kept) {
            updates.bind("holdPayments", Column.longs(holds, hold -> hold.payment));
        }
    }

    /**
     * Writes removed and changed cart lines. A price that follows the product's does not count as a change of the
     * cart.
     */
    static void writeCarts(Script updates, List<BatchState.CartState> carts, Instant now) {
        List<BatchState.CartState> bought =
                carts.stream().filter(cart -> cart.linesBought).toList();
        if (!bought.isEmpty()) {
            updates.add("UPDATE carts SET updated_at = :now WHERE id = ANY(:carts)")
                    .bind("now", Rows.timestamp(now))
                    .bind("carts", Column.longs(bought, cart -> cart.id));
        }
        List<BatchState.CartLine> removed =
                carts.stream().flatMap(cart -> cart.removed.stream()).toList();
        if (!removed.isEmpty()) {
            updates.add("DELETE FROM cart_items WHERE id = ANY(:removedLines)")
                    .bind("removedLines", Column.longs(removed, line -> line.id));
        }
        List<BatchState.CartLine> changed = carts.stream()
                .flatMap(cart -> cart.lines.values().stream())
                .filter(line -> line.changed)
                .toList();
        if (!changed.isEmpty()) {
            updates.add("""
                            UPDATE cart_items i SET quantity = v.cantidad, price_at_addition = v.precio,
                              updated_at = :now
                              FROM unnest(:changedLines, :changedQuantities, :changedPrices) AS v(id, cantidad, precio)
                             WHERE i.id = v.id
                            """)
                    .bind("now", Rows.timestamp(now))
                    .bind("changedLines", Column.longs(changed, line -> line.id))
                    .bind("changedQuantities", Column.ints(changed, line -> line.quantity))
                    .bind("changedPrices", Column.numerics(changed, line -> line.price));
        }
    }
}
