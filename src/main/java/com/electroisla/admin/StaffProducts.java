package com.electroisla.admin;

import com.electroisla.audit.Actor;
import com.electroisla.cart.CartChange;
import com.electroisla.cart.CartTransaction;
import com.electroisla.cart.Carts;
import com.electroisla.catalog.EditProducts;
import com.electroisla.catalog.ProductChange;
import com.electroisla.catalog.UploadedPictures;
import com.electroisla.catalog.UploadedPictures.Upload;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.OutcomeUnknown;
import com.electroisla.database.SqlStates;
import com.electroisla.favorites.Favorites;
import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.Keeping;
import com.electroisla.inventory.WishStock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The products in one form with their picture and the number of free units, for a front end that sends all of it at
 * once. Each part is changed by its owner, all of them in one transaction.
 *
 * <p>Invariant: a new picture's file is there before a row names it, and the file of the picture before goes only after
 * the commit. A file whose row's commit has an unknown outcome stays.
 *
 * <p>Lock order: the carts (the maker's, or those with a product that is deleted), then the product, then its holds.
 */
public final class StaffProducts {
    private final Database database;
    private final DatabaseClock clock;
    private final CartTransaction transaction;
    private final EditProducts products;
    private final WishStock stock;
    private final UploadedPictures pictures;

    public StaffProducts(
            Database database,
            DatabaseClock clock,
            CartTransaction transaction,
            EditProducts products,
            WishStock stock,
            UploadedPictures pictures) {
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

        record BadPicture(Upload why) implements Outcome {}
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
        return withPicture(
                form,
                why -> new Reply.Decided<>(new Outcome.BadPicture(why), Optional.empty()),
                reply -> reply instanceof Reply.Decided<Outcome>(Outcome.Saved _, var _),
                change -> transaction.run(actor.userId(), keeping, cart -> create(cart, change, form.units(), actor)));
    }

    private Outcome create(CartChange cart, ProductChange change, @Nullable Integer units, Actor actor) {
        Handle handle = cart.handle();
        long id = products.create(handle, change, actor, cart.now());
        if (units != null && stock.first(handle, id, units, actor) instanceof WishStock.Outcome.Impossible) {
            throw new IllegalStateException("a new product has no units that " + units + " more would not fit");
        }
        return saved(handle, id, actor, cart.now());
    }

    /** Changes the fields that the form has; its number of units counts only as a wish. */
    public Outcome change(long id, Filled form, Actor actor) {
        String[] before = {""};
        Outcome outcome = withPicture(
                form,
                Outcome.BadPicture::new,
                Outcome.Saved.class::isInstance,
                change -> database.inTransaction(handle -> change(handle, id, change, form.units(), actor, before)));
        if (form.picture() != null && outcome instanceof Outcome.Saved) {
            pictures.forget(before[0]);
        }
        return outcome;
    }

    private Outcome change(
            Handle handle, long id, ProductChange change, @Nullable Integer units, Actor actor, String[] before) {
        if (!products.lock(handle, id)) {
            return new Outcome.NotFound();
        }
        Instant now = clock.now(handle);
        before[0] = products.change(handle, id, change, actor, now).orElse("");
        if (units != null && stock.wish(handle, id, units, actor, now) instanceof WishStock.Outcome.Impossible) {
            handle.rollback();
            return new Outcome.TooMany();
        }
        return saved(handle, id, actor, now);
    }

    /** The answer shows free units like the list; so a wish is no wish when its form comes a second time. */
    private Outcome saved(Handle handle, long id, Actor actor, Instant now) {
        StaffProduct product = StaffProductsSql.one(handle, id).orElseThrow();
        stock.shown(handle, actor.userId(), Map.of(id, product.stock().free()), now);
        return new Outcome.Saved(product);
    }

    /** Deletes a product that nobody has ordered or held; carts lose their line of it, and people their favourite. */
    public Outcome delete(long id, Actor actor) {
        String[] picture = {""};
        Outcome outcome;
        try {
            outcome = database.inTransactionOfManyLocks(handle -> {
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
                picture[0] = products.delete(handle, id, actor, now);
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
        if (outcome instanceof Outcome.Deleted) {
            pictures.forget(picture[0]);
        }
        return outcome;
    }

    private interface Refusing<R> {
        R because(Upload why);
    }

    private interface Using<R> {
        boolean uses(R result);
    }

    private interface Saving<R> {
        R with(ProductChange change);
    }

    /** Stores the form's picture, saves, and deletes the file again if nothing was saved. */
    private <R> R withPicture(Filled form, Refusing<R> refusal, Using<R> using, Saving<R> saving) {
        byte[] bytes = form.picture();
        if (bytes == null) {
            return saving.with(form.change());
        }
        return switch (pictures.store(bytes)) {
            case Upload.Stored(String path) ->
                kept(path, using, () -> saving.with(form.change().withPicture(path)));
            case Upload refused -> refusal.because(refused);
        };
    }

    private <R> R kept(String path, Using<R> using, Supplier<R> saving) {
        boolean keeps = false;
        try {
            R result = saving.get();
            keeps = using.uses(result);
            return result;
        } catch (OutcomeUnknown open) {
            keeps = true;
            throw open;
        } finally {
            if (!keeps) {
                pictures.forget(path);
            }
        }
    }
}
