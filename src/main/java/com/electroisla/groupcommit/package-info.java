/**
 * Many buyers, one commit: requests wait in arrival order, one transaction decides all waiting requests, and they are
 * answered only when it is durable (DeWitt et al., "Implementation Techniques for Main Memory Database Systems", 1984,
 * call it group commit).
 *
 * <p>Owns the table {@code lotes_confirmados}, and the locking of carts. Writes also {@code carts}: a user's missing
 * cart is made, because its row is the first lock. The requests are decided by a
 * {@link com.electroisla.groupcommit.Decider}: the cart's and the reservations'. A request whose caller has left must
 * never be applied, an unknown outcome must never be guessed, and a row that another transaction has locked must never
 * block a request that does not need it.
 */
@NullMarked
package com.electroisla.groupcommit;

import org.jspecify.annotations.NullMarked;
