package com.electroisla.idempotency;

/**
 * An answer in the form in which it is kept and given again, byte for byte.
 *
 * @param status a number that only the edge interprets
 */
public record KeptAnswer(int status, byte[] body) {
    /** The record of a request that was done, without further content. */
    static final KeptAnswer DONE = new KeptAnswer(204, new byte[0]);
}
