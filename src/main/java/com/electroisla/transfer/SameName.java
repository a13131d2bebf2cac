package com.electroisla.transfer;

/** The meaning of a line without an id that has the name of an existing product. */
public enum SameName {
    /** Unclear: the line is reported as a problem. */
    REFUSE,
    /** The line changes that product. */
    UPDATE,
    /** The line makes another product of the same name. */
    CREATE
}
