package com.electroisla.inventory;

import com.electroisla.audit.Actor;
import com.electroisla.event.StockChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Takes the number of free units that a form sends back with all its other fields, as the old front end's does,
 * whether the person touched it or not.
 *
 * <p>Invariants: a number that a list or an answer showed this person within a day is no wish, however much was sold
 * and whatever else was shown since; any other number is one, and becomes a movement, never a figure that is typed
 * over. So no edit of a name loses held or sold units, and no repetition of a form makes units that stand on no shelf.
 * One number that was shown is a wish nevertheless: the one before the person's own adjustment of a few minutes ago, as
 * long as that is the product's latest movement and its free units are those that it left. Then the person takes a
 * mistyped number back, and no unit was sold in between that could come back with it.
 * A product that is not initialised keeps its {@code stock} until somebody wishes another number than the 0 that a list
 * shows.
 *
 * <p>All methods run in the caller's transaction. Lock order: the product.
 */
public final class WishStock {
    /** For how long a number that was shown is remembered. */
    static final Duration REMEMBERED = Duration.ofDays(1);

    /**
     * For how long an adjustment is taken back by the number before it. A longer time would help people who notice
     * late, and harm those who save a form that waited in another tab since before the adjustment.
     */
    static final Duration TAKEN_BACK = Duration.ofMinutes(10);

    private final AdjustStock adjust;

    public WishStock(AdjustStock adjust) {
        this.adjust = adjust;
    }

    /** The outcome of a wish. */
    public sealed interface Outcome {
        /** @param adjusted false: the number was no wish, or is there already */
        record Fulfilled(boolean adjusted) implements Outcome {}

        record NotFound() implements Outcome {}

        /** The total would be more than a figure can hold. */
        record Impossible() implements Outcome {}
    }

    /** Remembers, beside the earlier ones, the free units that a list or the answer to a form shows this person. */
    public void shown(Handle handle, int userId, Map<Long, Integer> free, Instant now) {
        WishSql.remember(handle, userId, free, now);
    }

    /** @param units the number in the person's form */
    public Outcome wish(Handle handle, long productId, int units, Actor actor, Instant now) {
        Optional<AdjustmentSql.Product> locked = AdjustmentSql.lock(handle, productId);
        if (locked.isEmpty()) {
            return new Outcome.NotFound();
        }
        AdjustmentSql.Product product = locked.get();
        int present = product.initialised() ? product.figures().available() : 0;
        if (units == present
                || WishSql.wasShown(handle, actor.userId(), productId, units, now.minus(REMEMBERED))
                        && !WishSql.takesBack(
                                handle, actor.userId(), productId, present - units, now.minus(TAKEN_BACK))) {
            return new Outcome.Fulfilled(false);
        }
        return units == product.figures().available()
                ? initialised(handle, product, now)
                : told(adjust.makeFree(
                        handle,
                        product,
                        units,
                        Adjustment.Kind.COUNT,
                        "Formulario de productos: " + units + " disponibles",
                        actor));
    }

    /** The first units of a product that the caller has just made. */
    public Outcome first(Handle handle, long productId, int units, Actor actor) {
        AdjustmentSql.Product product = AdjustmentSql.lock(handle, productId).orElseThrow();
        return units == 0
                ? new Outcome.Fulfilled(false)
                : told(adjust.makeFree(
                        handle, product, units, Adjustment.Kind.ENTRY, "Existencias del producto nuevo", actor));
    }

    /** Tells that a product and its units are no more, in the transaction that deletes it. */
    public void deleted(Handle handle, long productId, Instant now) {
        adjust.tellOfTheEnd(handle, productId, now);
    }

    /** The wish for just the {@code stock} of a product that is not initialised, which begins with it as in step 3. */
    private Outcome initialised(Handle handle, AdjustmentSql.Product product, Instant now) {
        InventorySql.initialise(handle, product.id() - 1, 1);
        adjust.tell(handle, product.id(), StockChange.INITIALISED, now);
        return new Outcome.Fulfilled(true);
    }

    private static Outcome told(AdjustStock.Outcome outcome) {
        return switch (outcome) {
            case AdjustStock.Outcome.Done _ -> new Outcome.Fulfilled(true);
            case AdjustStock.Outcome.Impossible _ -> new Outcome.Impossible();
            case AdjustStock.Outcome.NotFound _,
                    AdjustStock.Outcome.NeedsOrder _,
                    AdjustStock.Outcome.NotInOrder _,
                    AdjustStock.Outcome.MoreThanLeft _,
                    AdjustStock.Outcome.MovedMeanwhile _,
                    AdjustStock.Outcome.Counted _,
                    AdjustStock.Outcome.BreaksHolds _ ->
                throw new IllegalStateException("no outcome of units that become free: " + outcome);
        };
    }

    /** Forgets the numbers that are remembered no longer; at most so many a call. */
    public static int forget(Handle handle, Instant now, int most) {
        return WishSql.forgetBefore(handle, now.minus(REMEMBERED), most);
    }
}
