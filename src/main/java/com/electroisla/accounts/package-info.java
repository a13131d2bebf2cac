/**
 * Accounts: who a caller is, and whether that still holds. Passwords, roles, access and refresh tokens.
 *
 * <p>Owns the tables {@code auth_user}, {@code user_profiles}, {@code refresh_tokens}, {@code token_blacklist},
 * {@code login_attempts}, {@code claves_firma}, {@code sesiones_web}, {@code codigos_correo}, {@code enlaces_cuenta},
 * {@code direcciones}, {@code entregas_escritas}, {@code segundos_factores}, {@code codigos_de_respaldo},
 * {@code ajustes_cuentas}, {@code invitados} and {@code secreto_tienda}. Writes also {@code email_verifications},
 * {@code api_passwordrecoverycode} and {@code password_reset_tokens}: in a database that was the old shop's they hold
 * its codes, which are good here too and must not be good twice. Other features use
 * {@link com.electroisla.accounts.Caller} and {@link com.electroisla.accounts.Role}; everything else is reached
 * through {@link com.electroisla.accounts.Accounts}.
 *
 * <p>Here a password, a token, a mailed code or a private key must never reach a log, a message or
 * {@code toString()}; a refused login, and an answer about an address, must never tell by words or by time whether the
 * account exists; and rows in the old shop's tables must stay readable for the old shop.
 */
@NullMarked
package com.electroisla.accounts;

import org.jspecify.annotations.NullMarked;
