/**
 * Payments through a provider over HTTP: begun, shown and given up by their buyers, and what the providers tell.
 *
 * <p>Only the server calls this package. A provider's event needs no sign-in, and must never be believed before
 * {@link com.electroisla.purchase.ProviderEvents} has verified it.
 */
@NullMarked
package com.electroisla.purchase.http;

import org.jspecify.annotations.NullMarked;
