package com.electroisla.database;

/** The link to the database broke during COMMIT: nobody knows whether the transaction took effect. */
public final class OutcomeUnknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutcomeUnknown(RuntimeException broken) {
        super("the link broke during COMMIT: " + broken.getMessage(), broken);
    }
}
