package com.electroisla.inventory;

/**
 * What stands in the warehouse of a product, and so is counted by a person: all that was taken in, less what left it and did not
 * come back. Units that are held, or sold and not sent yet, stand there still.
 *
 * @param units by the figures
 * @param movements the version of what people did to the stock: it changes with each movement, and with no sale
 */
public record Shelf(long units, String movements) {
    /** The version of both: whoever counted saw this. */
    public String version() {
        return movements + "/" + units;
    }
}
