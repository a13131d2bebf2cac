/**
 * The orders of buyers. Owns the tables {@code pedidos}, {@code detalles_pedido} and
 * {@code enlaces_pedido}.
 *
 * <p>Orders are made by the reservation engine, in the transaction that turns holds into sales; this package shows and
 * cancels them. A cancelled order's units must never return twice: the order row is locked, after its products, and
 * its state is read under that lock.
 */
@NullMarked
package com.electroisla.order;

import org.jspecify.annotations.NullMarked;
