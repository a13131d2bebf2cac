/**
 * A purchase through a payment provider, from its beginning to the provider's word.
 *
 * <p>Owns no table. {@link com.electroisla.purchase.Purchases} begins a payment in the engine, asks the provider for
 * its page and keeps the page's address; {@link com.electroisla.purchase.ProviderEvents} verifies what a provider tells
 * and gives its word to the engine, and {@link com.electroisla.purchase.AskProviders} asks for what no event told. The
 * engine decides about money and units; pages and API only show it.
 *
 * <p>No lock and no transaction is held while a provider is called. A word that was not verified must never reach the
 * engine, and a word whose fate is unknown must never be called heard: the provider repeats it.
 */
@NullMarked
package com.electroisla.purchase;

import org.jspecify.annotations.NullMarked;
