package com.electroisla.database.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The embedded database cannot be used; the message is one sentence for the operator, with the log's last lines if
 * any.
 */
public final class EmbeddedPostgresException extends RuntimeException {
    EmbeddedPostgresException(String message) {
        super(message);
    }

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
