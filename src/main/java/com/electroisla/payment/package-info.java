/**
 * Payments through a provider, every charge that one told of, and what is owed back.
 *
 * <p>Owns the tables {@code pagos}, {@code lineas_pago}, {@code cobros} and {@code reembolsos}. Money is decided where
 * stock is: the reservation engine reads a payment under its row's lock, after the buyer's cart, the products and the
 * holds, decides what its money buys, and writes payment, charge, order and refund in one transaction. This package
 * has the words for that, the statements, and what needs no stock: payments whose time is over, charges of accounts
 * and payments that are not there any more.
 *
 * <p>Always: each charge is kept once, and either it sold an order or exactly one refund is owed for it; so the money
 * that came in equals the orders that it sold and the refunds. A charge must never be kept without that.
 *
 * <p>{@code OrderRefunds} owes the money of cancelled orders and of returned goods, in the order's own transaction, and
 * {@code Refunds} gives it back, through the provider that charged it or by hand.
 *
 * <p>No lock and no transaction is held while a provider is asked, and no card number comes here.
 */
@NullMarked
package com.electroisla.payment;

import org.jspecify.annotations.NullMarked;
