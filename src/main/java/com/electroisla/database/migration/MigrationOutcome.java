package com.electroisla.database.migration;

/** What became of a request to migrate. */
public sealed interface MigrationOutcome {
    /**
     * The database is where it was asked to be.
     *
     * @param steps how many migrations were applied or undone; 0 when it was there already
     */
    record Done(int steps) implements MigrationOutcome {}

    /**
     * Not done, for a reason an operator can act on. Steps before the one that refused stay done, each of them whole.
     *
     * @param reason one line, in Spanish
     */
    record Refused(String reason) implements MigrationOutcome {}
}
