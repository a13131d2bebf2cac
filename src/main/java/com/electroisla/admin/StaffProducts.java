package com.electroisla.admin;

import com.electroisla.audit.Actor;
import com.electroisla.cart.CartChange;
import com.electroisla.cart.CartTransaction;
import com.electroisla.cart.Carts;
import com.electroisla.catalog.EditProducts;
import com.electroisla.catalog.ProductChange;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SqlStates;
import com.electroisla.favorites.Favorites;
import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.Keeping;
import com.electroisla.inventory.WishStock;
import com.electroisla.picture.MadePicture;
import com.electroisla.picture.MakePicture;
import com.electroisla.picture.Making;
import com.electroisla.picture.ProductPictures;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The products in one form with their picture and the number of free units, for a front end that sends all of it at
 * once. Each part is changed by its owner, all of them in one transaction.
 *
 * <p>That front end knows one picture of each product: a new one takes the place of the first, the others stay.
 *
 * <p>Lock order: the carts (the maker's, or those with a product that is deleted), then the product, then its holds.
 */
public final class StaffProducts {
    private final Database database;
    private final DatabaseClock clock;
    private final CartTransaction transaction;
    private final EditProducts products;
    private final WishStock stock;
    private final ProductPictures pictures;

    public StaffProducts(
            Database database,
            DatabaseClock clock,
            CartTransaction transaction,
            EditProducts products,
            WishStock stock,
            ProductPictures pictures) {
        this.database = database;
        this.clock = clock;
        this.transaction = transaction;
        this.products = products;
        this.stock = stock;
        this.pictures = pictures;
    }

    /**
     * A filled form.
     *
     * @param units free units; null: not in the form
     * @param picture the bytes of a new picture; null: the present one stays
     */
    public record Filled(ProductChange change, @Nullable Integer units, byte @Nullable [] picture) {}

    /** The outcome of a change. */
    public sealed interface Outcome {
        record Saved(StaffProduct product) implements Outcome {}

        record Deleted() implements Outcome {}

        record NotFound() implements Outcome {}

        /** An order, a hold or somebody else's row needs the product. */
        record Needed() implements Outcome {}

        /** More units than a figure can hold. */
        record TooMany() implements Outcome {}

        record BadPicture(Making why) implements Outcome {}
    }

    /**
     * A page, newest first. Its numbers of free units are remembered for the person, who may send them back with a
     * form.
     *
     * @param offset rows before the page
     */
    public Listed<StaffProduct> page(ProductFilter filter, int limit, long offset, int userId) {
        return database.inTransaction(handle -> {
            Listed<StaffProduct> page = StaffProductsSql.page(handle, filter, limit, offset);
            Map<Long, Integer> free = new HashMap<>();
            page.rows()
                    .forEach(product -> free.put(product.id(), product.stock().free()));
            stock.shown(handle, userId, free, clock.now(handle));
            return page;
        });
    }

    /** Makes a product, with an entry of its first units. */
    public Reply<Outcome> create(Filled form, Actor actor, Optional<Keeping<Outcome>> keeping) {
        return switch (sent(form)) {
            case Sent.Refused(Making why) -> new Reply.Decided<>(new Outcome.BadPicture(why), Optional.empty());
            case Sent.Taken(@Nullable MadePicture picture) ->
                transaction.run(actor.userId(), keeping, cart -> create(cart, form, picture, actor));
        };
    }

    private Outcome create(CartChange cart, Filled form, @Nullable MadePicture picture, Actor actor) {
        Handle handle = cart.handle();
        if (picture != null) {
            ProductPictures.keepFiles(handle);
        }
        long id = products.create(handle, withPicture(form.change(), picture), actor, cart.now());
        if (picture != null) {
            pictures.replaceFirst(handle, id, "", picture, cart.now());
        }
        Integer units = form.units();
        if (units != null && stock.first(handle, id, units, actor) instanceof WishStock.Outcome.Impossible) {
            throw new IllegalStateException("a new product has no units that " + units + " more would not fit");
        }
        return saved(handle, id, actor, cart.now());
    }

    /** Changes the fields that the form has; its number of units counts only as a wish. */
    public Outcome change(long id, Filled form, Actor actor) {
        return switch (sent(form)) {
            case Sent.Refused(Making why) -> new Outcome.BadPicture(why);
            case Sent.Taken(@Nullable MadePicture picture) ->
                database.inTransaction(handle -> change(handle, id, form, picture, actor));
        };
    }

    private Outcome change(Handle handle, long id, Filled form, @Nullable MadePicture picture, Actor actor) {
        if (picture != null) {
            ProductPictures.keepFiles(handle);
        }
        if (!products.lock(handle, id)) {
            return new Outcome.NotFound();
        }
        Instant now = clock.now(handle);
        if (picture != null) {
            pictures.adopt(handle, id, now);
        }
        String before = products.change(handle, id, withPicture(form.change(), picture), actor, now)
                .orElse("");
        if (picture != null) {
            pictures.replaceFirst(handle, id, before, picture, now);
        }
        Integer units = form.units();
        if (units != null && stock.wish(handle, id, units, actor, now) instanceof WishStock.Outcome.Impossible) {
            handle.rollback();
            return new Outcome.TooMany();
        }
        return saved(handle, id, actor, now);
    }

    private ProductChange withPicture(ProductChange change, @Nullable MadePicture picture) {
        if (picture == null) {
            return change;
        }
        pictures.write(picture);
        return change.withPicture(picture.path());
    }

    /** The picture of a form, made before anything is locked. */
    private sealed interface Sent {
        /** @param picture null when the form has none */
        record Taken(@Nullable MadePicture picture) implements Sent {}

        record Refused(Making why) implements Sent {}
    }

    private static Sent sent(Filled form) {
        byte[] bytes = form.picture();
        if (bytes == null) {
            return new Sent.Taken(null);
        }
        return switch (MakePicture.of(() -> bytes)) {
            case Making.Made(MadePicture picture) -> new Sent.Taken(picture);
            case Making refused -> new Sent.Refused(refused);
        };
    }

    /** The answer shows free units like the list; so a wish is no wish when its form comes a second time. */
    private Outcome saved(Handle handle, long id, Actor actor, Instant now) {
        StaffProduct product = StaffProductsSql.one(handle, id).orElseThrow();
        stock.shown(handle, actor.userId(), Map.of(id, product.stock().free()), now);
        return new Outcome.Saved(product);
    }

    /** Deletes a product that nobody has ordered or held; carts lose their line of it, and people their favourite. */
    public Outcome delete(long id, Actor actor) {
        try {
            return database.inTransactionOfManyLocks(handle -> {
                ProductPictures.keepFiles(handle);
                Carts.lockWith(handle, id);
                if (!products.lock(handle, id)) {
                    return new Outcome.NotFound();
                }
                if (StaffProductsSql.isNeeded(handle, id)) {
                    return new Outcome.Needed();
                }
                Carts.takeOut(handle, id);
                Favorites.takeOut(handle, id);
                Instant now = clock.now(handle);
                pictures.adopt(handle, id, now); // so that its file is swept
                products.delete(handle, id, actor, now);
                stock.deleted(handle, id, now);
                StaffProductsSql.checkReferences(handle);
                return new Outcome.Deleted();
            });
        } catch (RuntimeException failure) {
            if (SqlStates.sqlState(failure)
                    .filter(SqlStates.FOREIGN_KEY_VIOLATION::equals)
                    .isEmpty()) {
                throw failure;
            }
            return new Outcome.Needed();
        }
    }
}
