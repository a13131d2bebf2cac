package com.electroisla.purchase;

/** What became of an event that somebody sent in a provider's name. */
public sealed interface Told {
    /** The word is verified, and what follows from it is durable; nothing may follow. */
    record Heard() implements Told {}

    /** Not the provider's word, or an old one. */
    record Unsigned(String why) implements Told {}

    /** The provider's, but not in the agreed form. */
    record Unreadable(String why) implements Told {}

    /** This shop has no such provider. */
    record NoSuchProvider() implements Told {}

    /** Its fate is unknown, or the shop is too busy: the provider repeats it. */
    record Later() implements Told {}
}
