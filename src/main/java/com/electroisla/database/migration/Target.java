package com.electroisla.database.migration;

/** Where {@code migrate} is to take the database. */
public sealed interface Target {
    /** The newest migration this program knows. */
    Target LATEST = new Latest();
    /** Before all of ours; on a database that Django made, what Django applied stays. */
    Target ZERO = new Zero();

    /** See {@link #LATEST}. */
    record Latest() implements Target {}

    /** See {@link #ZERO}. */
    record Zero() implements Target {}

    /** Exactly this migration is the last one applied: 18, 19, ... */
    record Number(int number) implements Target {}
}
