package com.electroisla.database.migration;

/** The target of {@code migrate}. */
public sealed interface Target {
    /** The newest migration this program knows. */
    Target LATEST = new Latest();
    /** The state before all of our migrations; on a database that Django made, its own migrations stay. */
    Target ZERO = new Zero();

    /** See {@link #LATEST}. */
    record Latest() implements Target {}

    /** See {@link #ZERO}. */
    record Zero() implements Target {}

    /** Exactly this migration is the last one applied: 18, 19, ... */
    record Number(int number) implements Target {}
}
