package com.electroisla.database.migration;

/** The outcome of a request to migrate. */
public sealed interface MigrationOutcome {
    /**
     * The database is at the target.
     *
     * @param steps how many migrations were applied or undone; 0 when it was there already
     */
    record Done(int steps) implements MigrationOutcome {}

    /**
     * The migration was refused, for a reason that an operator can act on. Steps before the refused one stay applied,
     * each of them whole.
     *
     * @param reason one line, in Spanish
     */
    record Refused(String reason) implements MigrationOutcome {}
}
