/**
 * The shop's own log files under {@code ELECTRO_ISLA_HOME/logs}: refusals ({@code security.log}), logins and logouts
 * ({@code auth.log}) and released holds ({@code reservas.log}). Any feature writes to them by logging to the loggers
 * named in {@link com.electroisla.logs.LogFiles}; the server and every command call {@code LogFiles.start} once.
 * Several processes append to one file, one write per line, and one of them at a time rotates it. A token or a
 * password must never get in, and a caller's text may never start a line of its own.
 */
@NullMarked
package com.electroisla.logs;

import org.jspecify.annotations.NullMarked;
