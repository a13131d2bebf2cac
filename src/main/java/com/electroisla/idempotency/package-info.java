/**
 * Answers that are kept for a day, so that a repeated request gets the first answer again and changes nothing; and the forms of
 * pages that were applied, so that a repeated one applies nothing.
 *
 * <p>Owns the table {@code idempotencia}. May be called by whoever changes something for a signed-in user. Requests of the API
 * only while that user's cart row is locked: the lock is what makes a repeat wait for the first and what keeps one key from
 * being written twice; forms through {@link com.electroisla.idempotency.Applied}, which has a lock for each key. A record must
 * never be written in another transaction than the change it answers.
 */
@NullMarked
package com.electroisla.idempotency;

import org.jspecify.annotations.NullMarked;
