package com.electroisla.groupcommit;

/** The stage of a batch, which tells the rows it may be waiting for. */
public enum Stage {
    /** The batch takes its locks. */
    LOCKING,
    /** The batch decides, and may need other users' expired holds. */
    DECIDING,
    /** The batch writes. */
    WRITING
}
