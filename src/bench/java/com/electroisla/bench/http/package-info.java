/**
 * The same purchases over HTTP: what a buyer calls, who sends the calls, and the drill that other shops fail.
 *
 * <p>The server is another process, as packaged; nothing here may ever call the engine behind its back.
 */
@NullMarked
package com.electroisla.bench.http;

import org.jspecify.annotations.NullMarked;
