/**
 * Events as rows: something happened, and others may want to know.
 *
 * <p>Owns the table {@code eventos}. A feature writes its event through {@link com.electroisla.event.Outbox} in the
 * transaction that the event tells of, so there is no event without its change and no change without its event; of a
 * kind that nobody listens to nothing is written. {@link com.electroisla.event.DistributeEvents} hands each event to
 * its {@link com.electroisla.event.Listener}s, in order for each subject, and every listener writes rows of its own in
 * the same transaction, which marks the event as delivered: so a listener hears each event exactly once. Whatever
 * leaves the database (a mail, a call to another program) is sent from those rows, later.
 *
 * <p>A listener must never talk to anybody outside the database, and a reader must never follow the ids as a position:
 * of two transactions the one with the lower ids may commit later.
 */
@NullMarked
package com.electroisla.event;

import org.jspecify.annotations.NullMarked;
