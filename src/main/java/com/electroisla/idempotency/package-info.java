/**
 * Answers that are kept for a day, so that a repeated request gets the first answer again and changes nothing; and the
 * forms of pages that were applied, so that a repeated one applies nothing.
 *
 * <p>Owns the table {@code idempotencia}. Any code that changes data for a signed-in user may call it. For requests of
 * the API only while that user's cart row is locked: the lock makes a repetition wait for the first and keeps one key
 * from being written twice; for forms through {@link com.electroisla.idempotency.Applied}, which has a lock for each
 * key. A record must never be written in another transaction than the change it answers.
 */
@NullMarked
package com.electroisla.idempotency;

import org.jspecify.annotations.NullMarked;
