package com.electroisla.http.server;

import java.io.IOException;

/**
 * The reader of an answer went away before its end, or lost it for reading too slowly. Nothing is wrong with the server: whoever
 * writes a streamed answer throws this instead of what the broken link made of it, and the log has one quiet line at most.
 */
public final class ReaderGone extends IOException {
    public ReaderGone(Throwable cause) {
        super(cause.toString(), cause);
    }
}
