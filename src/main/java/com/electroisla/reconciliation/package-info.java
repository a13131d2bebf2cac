/**
 * The reconciliation that never sleeps: it compares the stock figures with their reservations and movements, orders
 * with what was sold for them, and money with orders; a slice a minute, so that in turn everything is looked at, and
 * what is new first.
 *
 * <p>Owns the tables {@code diferencias} and {@code conciliacion} and the column {@code productos.cerrado_desde}. A
 * difference of units closes its product: buyers see it no more and the engine, which reads the column with the locked
 * row, sells none of it, until somebody repairs or accepts the difference. The comparison of the figures is the one of
 * {@link com.electroisla.inventory.Inventory}; those of orders and money are here.
 *
 * <p>A difference must never be told before it was seen again under its product's lock, and this package changes no
 * figure: repairs are {@link com.electroisla.inventory.RepairInventory}'s.
 */
@NullMarked
package com.electroisla.reconciliation;

import org.jspecify.annotations.NullMarked;
