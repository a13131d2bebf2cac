/**
 * The edge of the letters: their form, by Qute, and the way to the mail server, by the mail client of Vert.x.
 *
 * <p>Owns no table. The engine of the templates is one of its own, because letters are shown and sent where Quarkus
 * does not run; a template gets a {@link com.electroisla.mail.Document} and escapes every text of it. The name and
 * password of the mail server must never leave this package, and go over a line only if it is encrypted or does not
 * leave the machine.
 */
@NullMarked
package com.electroisla.mail.post;

import org.jspecify.annotations.NullMarked;
