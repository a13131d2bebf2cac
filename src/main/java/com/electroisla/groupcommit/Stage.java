package com.electroisla.groupcommit;

/** How far a batch is, and so which rows it may be waiting for. */
public enum Stage {
    /** It takes the locks that it decides under. */
    LOCKING,
    /** It decides, and may need other people's holds that are over. */
    DECIDING,
    /** It writes. */
    WRITING
}
