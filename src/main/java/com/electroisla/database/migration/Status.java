package com.electroisla.database.migration;

import java.util.List;
import java.util.Optional;

/**
 * The state of a database's migrations.
 *
 * @param entries every migration this program knows, in order, and whether the database has it
 * @param level the number of the last one it has; 0 for none
 * @param newerThanKnown the name of a migration this program does not know, when the database has one
 * @param empty whether none of the shop's tables are there
 * @param djangoMade whether Django made this database, so that nothing below its last migration is ours to undo
 * @param neverOurs whether Django made this database and nothing of ours was ever applied to it
 * @param problem why this database cannot be migrated as it stands, in one line of Spanish
 */
public record Status(
        List<Entry> entries,
        int level,
        Optional<String> newerThanKnown,
        boolean empty,
        boolean djangoMade,
        boolean neverOurs,
        Optional<String> problem) {

    /** @param name {@code 0019_stock_system} */
    public record Entry(int number, String name, boolean applied) {}

    /** Whether the database has every migration that this program knows, and no other. */
    public boolean current() {
        return problem.isEmpty() && newerThanKnown.isEmpty() && entries.stream().allMatch(Entry::applied);
    }
}
