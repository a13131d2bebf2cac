/**
 * Letters to people: as rows first, then by mail.
 *
 * <p>Owns the table {@code correos}. A feature writes a {@link com.electroisla.mail.Letter} through
 * {@link com.electroisla.mail.Letters} in its own transaction; what other features do not know of, such as the receipt
 * of an order, {@link com.electroisla.mail.OrderLetters} writes when it hears of the event, with what it reads of the
 * order and its buyer. {@link com.electroisla.mail.SendLetters} hands those that are due to a
 * {@link com.electroisla.mail.Post}, on any number of servers at once, and {@link com.electroisla.mail.Mailbox} shows
 * them all to the staff, with or without a mail server. A row keeps values and no text: {@code Composition} makes the
 * text of them in the reader's language, and {@code mail.post} gives it its form and sends it.
 *
 * <p>A guest cannot sign in to see an order, so the letters about it have a link; {@link
 * com.electroisla.mail.OrderLink} makes it, and the row forgets it when the letter has left.
 *
 * <p>A mail must never be sent inside a transaction, a code never stay in a row after its letter has left or its time
 * has passed, and neither a code nor the mail server's password ever come into a log.
 */
@NullMarked
package com.electroisla.mail;

import org.jspecify.annotations.NullMarked;
