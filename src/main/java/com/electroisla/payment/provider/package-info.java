/**
 * The providers that charge buyers: one interface, and behind it Stripe, Mercado Pago and one that moves no money.
 *
 * <p>A provider's page takes the card; no card number reaches this program. Its word is believed after its signature
 * and its age were checked, or when it is asked for. A provider is slow, away, or speaks nonsense: each of these is a
 * {@link com.electroisla.payment.provider.ProviderUnavailable}, within a limited time and size. The package owns no
 * table and opens no transaction: never may a lock be held while a provider is called. A key or a secret must never be
 * in a message or a log.
 */
@NullMarked
package com.electroisla.payment.provider;

import org.jspecify.annotations.NullMarked;
