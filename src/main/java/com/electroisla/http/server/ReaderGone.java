package com.electroisla.http.server;

import java.io.IOException;

/**
 * The client of an answer went away before its end, or was cut off for reading too slowly. The server is well: the
 * writer of a streamed answer throws this instead of the broken link's exception, and the log has one quiet line at
 * most.
 */
public final class ReaderGone extends IOException {
    public ReaderGone(Throwable cause) {
        super(cause.toString(), cause);
    }
}
