package com.electroisla;

/**
 * Whether proofs that gain by going on longer go on: {@code ./manage test -Delectro-isla.long=true}. Without it they
 * have their short form, so that the suite is run often.
 */
public final class LongProofs {
    private static final boolean WANTED = Boolean.getBoolean("electro-isla.long");

    private LongProofs() {}

    /** The usual value, or that of a long proof. */
    public static <T> T orLonger(T usual, T longer) {
        return WANTED ? longer : usual;
    }
}
