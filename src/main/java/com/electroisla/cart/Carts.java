package com.electroisla.cart;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SessionSettings;
import com.electroisla.groupcommit.GroupCommit;
import com.electroisla.groupcommit.GroupCommitFigures;
import com.electroisla.groupcommit.GroupCommitSettings;
import com.electroisla.groupcommit.LockedCart;
import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.Keeping;
import com.electroisla.limits.Limits;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jdbi.v3.core.Handle;

/** The changes of buyers' carts, many of them in one commit. */
public final class Carts implements AutoCloseable {
    /** The most different products in one cart. */
    public static final int MOST_LINES = 100;

    /** The most units of a product that one request can name. */
    public static final int LARGEST_QUANTITY = 999;

    private final Database database;
    private final GroupCommit<CartRequest, CartOutcome> commits;

    /**
     * @param batches the committers' own connections
     * @param addLimit how often a user may add
     * @param unitCap how many units of one product a buyer can hold at once; empty: any
     */
    public Carts(
            Database database,
            Database batches,
            DatabaseClock clock,
            Limits addLimit,
            Optional<Integer> unitCap,
            GroupCommitSettings settings) {
        this.database = database;
        this.commits = new GroupCommit<>(
                "cart-committer",
                batches,
                clock,
                new CartDecider(clock, addLimit, unitCap.orElse(CartDecision.NO_CAP)),
                settings);
    }

    /** The user's cart, if there is one yet; locks nothing. */
    public Optional<Cart> find(int userId) {
        return database.read(handle -> CartSql.find(handle, userId));
    }

    /**
     * Decides the request in its turn, and replies once the outcome is durable.
     *
     * @param keeping how a repetition gets the first answer; empty when a repetition is another request
     */
    public Reply<CartOutcome> submit(CartRequest request, Optional<Keeping<CartOutcome>> keeping) {
        return commits.submit(request, keeping);
    }

    /**
     * The same for a caller that must not wait. The reply comes on a thread that commits, so what is done with it must
     * return at once.
     */
    public CompletionStage<Reply<CartOutcome>> submitLater(
            CartRequest request, Optional<Keeping<CartOutcome>> keeping) {
        return commits.submitLater(request, keeping);
    }

    /** The same for a request without a key. */
    public Reply<CartOutcome> submit(CartRequest request) {
        return submit(request, Optional.empty());
    }

    /**
     * Deletes the audit entries of carts before the instant; for the housekeeping.
     *
     * @return how many entries, at most {@code most}
     */
    public static int deleteAuditBefore(Handle handle, Instant before, int most) {
        return CartSql.deleteAuditBefore(handle, before, most);
    }

    /** Locks the carts with this product in them, in id order, before the product is locked and deleted. */
    public static void lockWith(Handle handle, long productId) {
        SessionSettings.waitForLocksOnlyAMoment(handle);
        CartSql.lockWith(handle, productId);
    }

    /**
     * The outcome of taking one cart into another.
     *
     * @param whole the names of the products that came with all their units
     * @param cut the names of those that did not: too many units, or not on sale any more
     */
    public record Merged(List<String> whole, List<String> cut) {
        public boolean isEmpty() {
            return whole.isEmpty() && cut.isEmpty();
        }
    }

    /**
     * Takes the lines of one cart into the caller's, in the caller's transaction. The first is empty afterwards.
     *
     * @param from locked, like the other
     */
    public static Merged merge(
            Handle handle, LockedCart from, LockedCart into, CartRequest.Caller caller, Instant now) {
        return CartMerge.merge(handle, from, into, caller, now);
    }

    /** Deletes the carts of users who will be forgotten, and what the log of carts has about them. */
    public static void forget(Handle handle, Collection<Integer> users) {
        CartSql.forget(handle, users);
    }

    /** Takes a product that will be deleted out of every cart, in the caller's transaction. */
    public static void takeOut(Handle handle, long productId) {
        CartSql.takeOut(handle, productId);
    }

    /** How many requests wait for the committer. */
    public int queueLength() {
        return commits.queueLength();
    }

    /** How many requests wait aside for a locked row. */
    public int waitingForLocks() {
        return commits.waitingForLocks();
    }

    public GroupCommitFigures figures() {
        return commits.figures();
    }

    /** Refuses new requests and finishes those that were accepted. */
    @Override
    public void close() {
        commits.close();
    }
}
