/**
 * Many buyers, one commit: requests wait in arrival order, one transaction decides all that are there, and only
 * when it is durable is anybody answered (DeWitt et al., "Implementation Techniques for Main Memory Database
 * Systems", 1984, call it group commit).
 *
 * <p>Owns the table {@code lotes_confirmados}, and the locking of carts. Writes also {@code carts}: a user's
 * missing cart is made, because its row is the first lock. What the requests mean is the business of a
 * {@link com.electroisla.groupcommit.Decider}: the cart's and the reservations'. A request whose caller has left
 * must never be applied, an outcome that is not known must never be guessed, and a row that somebody else has
 * locked must stop nobody who does not need it.
 */
@NullMarked
package com.electroisla.groupcommit;

import org.jspecify.annotations.NullMarked;
