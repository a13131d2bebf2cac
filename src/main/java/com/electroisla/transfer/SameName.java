package com.electroisla.transfer;

/** What a line without an id means whose name a product has already. */
public enum SameName {
    /** Nobody knows: it is a problem that is told. */
    REFUSE,
    /** That product is to be changed. */
    UPDATE,
    /** Another product of this name is to be made. */
    CREATE
}
