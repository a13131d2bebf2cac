/**
 * The stock figures of the products and the movements that explain them; the operator's checks and reports.
 *
 * <p>Owns {@code movimientos_stock} and the figure {@code stock_total}. Code that changes a figure has locked the
 * product, after the carts and before reservations and orders. A product that is not initialised must never lose its
 * {@code stock}.
 */
@NullMarked
package com.electroisla.inventory;

import org.jspecify.annotations.NullMarked;
