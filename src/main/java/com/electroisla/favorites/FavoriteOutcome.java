package com.electroisla.favorites;

/** The outcome of a change to a user's favourites. A refusal changes nothing. */
public sealed interface FavoriteOutcome {

    /** @param favorites how many people keep the product now */
    record Added(long favorites) implements FavoriteOutcome {}

    /** The product was a favourite of this user already. */
    record AlreadyThere(long favorites) implements FavoriteOutcome {}

    /** The product is no favourite of this user, whether it was one before or not. */
    record Removed(long favorites) implements FavoriteOutcome {}

    /** The product does not exist, or is not on sale and was to be added. */
    record NoSuchProduct() implements FavoriteOutcome {}

    /** The user has as many favourites as one can have. */
    record TooMany() implements FavoriteOutcome {}
}
