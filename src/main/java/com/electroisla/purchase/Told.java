package com.electroisla.purchase;

/** The outcome of an event that somebody sent in a provider's name. */
public sealed interface Told {
    /** The word is verified, and what follows from it is durable; nothing may follow. */
    record Heard() implements Told {}

    /** Not the provider's word, or an old one. */
    record Unsigned(String why) implements Told {}

    /** The provider's, but not in the agreed form. */
    record Unreadable(String why) implements Told {}

    /** This shop has no such provider. */
    record NoSuchProvider() implements Told {}

    /** The shop is too busy, or the event's fate is unknown: the provider repeats it. */
    record Later() implements Told {}
}
