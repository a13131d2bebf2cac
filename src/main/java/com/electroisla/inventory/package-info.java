/**
 * The stock figures of the products and the movements that explain them; the operator's checks and reports.
 *
 * <p>Owns the tables {@code movimientos_stock} and {@code existencias_mostradas}, the numbers of free units that a list
 * showed each person lately. Owns the columns {@code productos.stock_total} and {@code productos.stock}. Writes also
 * {@code productos.stock_reservado}, {@code productos.stock_vendido} and {@code electro_isla_diferencias}: sold units
 * come back, and a repair sets the figures to what their rows say. Writes also {@code audit_logs}: a repair and its
 * entries are one statement.
 *
 * <p>Code that changes a figure has locked the product, after the carts and before reservations and orders. A product
 * that is not initialised must never lose its {@code stock}.
 */
@NullMarked
package com.electroisla.inventory;

import org.jspecify.annotations.NullMarked;
