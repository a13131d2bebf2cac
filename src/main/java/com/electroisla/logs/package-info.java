/**
 * The shop's own log files under {@code ELECTRO_ISLA_HOME/logs}: who was refused ({@code security.log}), who came and
 * went ({@code auth.log}) and what was released ({@code reservas.log}). Any feature writes to them by logging to the
 * loggers named in {@link com.electroisla.logs.LogFiles}; the server and every command call {@code LogFiles.start} once.
 * Several processes append to one file, a line a write, and one of them at a time rotates it. A token or a password must
 * never get in, and nothing that a caller sent may start a line of its own.
 */
@NullMarked
package com.electroisla.logs;

import org.jspecify.annotations.NullMarked;
