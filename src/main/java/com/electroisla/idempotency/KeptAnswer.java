package com.electroisla.idempotency;

/**
 * An answer as it is kept and given again, byte for byte.
 *
 * @param status the edge's word for how it went; here it is a number
 */
public record KeptAnswer(int status, byte[] body) {
    /** Keeps no more than that it was done. */
    static final KeptAnswer DONE = new KeptAnswer(204, new byte[0]);
}
