/**
 * A shop for trials: a catalogue, users of every role, reservations and orders in every state.
 *
 * <p>Writes also {@code auth_user}, {@code user_profiles}, {@code productos}, {@code productos.stock_reservado},
 * {@code productos.stock_vendido}, {@code carts}, {@code cart_items}, {@code stock_reservations}, {@code pedidos},
 * {@code detalles_pedido}, {@code pagos}, {@code lineas_pago}, {@code cobros} and {@code movimientos_stock}: an empty
 * database is filled with a history.
 *
 * <p>Owns the table {@code demo_marca}, which marks a database that contains the demo and nothing else. The demo's
 * passwords are printed and public, so a database with that mark is served on loopback only: every command that starts
 * a server asks {@link com.electroisla.demo.DemoShop#isDemo}. The demo must never be written into a database with
 * other content. Only the command root and the launcher call this package.
 */
@NullMarked
package com.electroisla.demo;

import org.jspecify.annotations.NullMarked;
