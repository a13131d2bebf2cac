package com.electroisla.favorites;

import com.electroisla.database.Database;
import com.electroisla.favorites.FavoriteOutcome.Added;
import com.electroisla.favorites.FavoriteOutcome.AlreadyThere;
import com.electroisla.favorites.FavoriteOutcome.NoSuchProduct;
import com.electroisla.favorites.FavoriteOutcome.Removed;
import com.electroisla.favorites.FavoriteOutcome.TooMany;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The favourites of users. Changes run in the caller's transaction, which holds the user's cart lock. */
public final class Favorites {
    /** The most favourites of one user. */
    public static final int MOST = 1_000;

    private final Database database;

    public Favorites(Database database) {
        this.database = database;
    }

    /** Adds a product that is on sale. */
    public FavoriteOutcome add(Handle handle, int userId, long productId, Instant now) {
        FavoriteSql.Standing standing = FavoriteSql.standing(handle, userId, productId);
        if (standing.isFavorite()) {
            return new AlreadyThere(FavoriteSql.count(handle, productId));
        }
        if (!standing.onSale()) {
            return new NoSuchProduct();
        }
        if (standing.ofUser() >= MOST) {
            return new TooMany();
        }
        FavoriteSql.insert(handle, userId, productId, now);
        return new Added(FavoriteSql.count(handle, productId));
    }

    /** Removes a product, on sale or not; one that is no favourite stays none. */
    public FavoriteOutcome remove(Handle handle, int userId, long productId) {
        boolean removed = FavoriteSql.delete(handle, userId, productId);
        return removed || FavoriteSql.exists(handle, productId)
                ? new Removed(FavoriteSql.count(handle, productId))
                : new NoSuchProduct();
    }

    /** Takes a product that will be deleted out of everybody's favourites, in the caller's transaction. */
    public static void takeOut(Handle handle, long productId) {
        FavoriteSql.takeOut(handle, productId);
    }

    /** The products among these that the user keeps. */
    public Set<Long> among(int userId, Collection<Long> productIds) {
        return database.read(handle -> FavoriteSql.among(handle, userId, productIds));
    }

    /** The products that the user keeps, the latest first. */
    public List<Long> of(int userId) {
        return database.read(handle -> FavoriteSql.of(handle, userId, MOST));
    }

    /** Deletes the favourites of somebody whose account is deleted, in a transaction that holds their cart. */
    public static void forget(Handle handle, int userId) {
        FavoriteSql.deleteOf(handle, userId);
    }
}
