/**
 * Sign-in over HTTP: the five calls, and the check that every signed-in call of any feature goes through.
 *
 * <p>Other features put {@link com.electroisla.accounts.http.SignedIn} on a resource or a method and ask
 * {@link com.electroisla.accounts.http.Callers} for the account. Rights are not decided here; a body that carries a
 * password or a token must never reach a log.
 */
@NullMarked
package com.electroisla.accounts.http;

import org.jspecify.annotations.NullMarked;
