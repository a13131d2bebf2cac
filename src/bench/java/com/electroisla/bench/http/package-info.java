/**
 * The same purchases over HTTP: the buyers' calls, the clients that send them, and the drill that other shops fail.
 *
 * <p>The server is another process, as packaged; code here may never call the engine directly.
 */
@NullMarked
package com.electroisla.bench.http;

import org.jspecify.annotations.NullMarked;
