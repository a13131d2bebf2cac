package com.electroisla.database;

/**
 * The link to the database, the database itself or this program broke during COMMIT: nobody knows whether the
 * transaction took effect.
 */
public final class OutcomeUnknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutcomeUnknown(Throwable broken) {
        super("COMMIT broke: " + broken.getMessage(), broken);
    }
}
