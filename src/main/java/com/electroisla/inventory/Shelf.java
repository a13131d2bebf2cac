package com.electroisla.inventory;

/**
 * The units of a product on the shelf, as a person counts them: all units taken in, less those that left and did not
 * come back. Held units, and sold units that are not sent yet, are still on the shelf.
 *
 * @param units by the figures
 * @param movements the version of manual movements: it changes with each of them, and with no sale
 */
public record Shelf(long units, String movements) {
    /** The version of both, for a count. */
    public String version() {
        return movements + "/" + units;
    }
}
