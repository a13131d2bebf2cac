package com.electroisla.wiring;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Guests;
import com.electroisla.audit.AuditSql;
import com.electroisla.cart.Carts;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.IdSupply;
import com.electroisla.database.IdWatch;
import com.electroisla.database.takeover.TakenOverSql;
import com.electroisla.database.takeover.TakenOverSql.Whose;
import com.electroisla.event.DistributeEvents;
import com.electroisla.groupcommit.GroupCommit;
import com.electroisla.idempotency.IdempotencyRecords;
import com.electroisla.inventory.WishStock;
import com.electroisla.limits.Limits;
import com.electroisla.mail.Letters;
import com.electroisla.order.LapseOrders;
import com.electroisla.order.OrderLinks;
import com.electroisla.payment.PaymentOwners;
import com.electroisla.reservation.ExpireReservations;
import com.electroisla.reservation.ForgetOrigins;
import com.electroisla.settings.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * The background work of a server: the sweep (Opción B of the guide), which releases expired holds and cancels unpaid
 * orders every {@code ELECTRO_ISLA_BARRIDO}; once a minute the deletion of old records, a slice of the reconciliation,
 * and the renewal of this server's keys, so that no request waits for that; once an hour a check of how many ids are
 * left; and the rounds that {@link Correspondence} gives it. A failed round is logged and repeated; each kind of record
 * is a step of its own, and a failed step stops no other. In a database that Django made, the old shop's records stay
 * until the operator sets a retention time. Each of these has a thread, because deleting a shop's old records or
 * sending letters may take long. This class stands above the features because it works on several of them.
 */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class.getName());
    private static final Logger RESERVATIONS = Logger.getLogger("electroisla.reservas");
    private static final int MOST_DELETED_AT_ONCE = 10_000;
    /** A limit for rows with indexes and long texts, and for holds, whose table buyers use at the same time. */
    private static final int MOST_FORGOTTEN_AT_ONCE = 2_000;

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(
            4, Thread.ofPlatform().name("housekeeping-", 0).daemon().factory());
    private final Database database;
    private final DatabaseClock clock;
    private final ExpireReservations expire;
    private final LapseOrders lapse;
    private final List<Step> steps;
    private final IdWatch ids;

    Housekeeping(
            Database database,
            DatabaseClock clock,
            ExpireReservations expire,
            LapseOrders lapse,
            IdWatch ids,
            Retention retention) {
        this.lapse = lapse;
        this.database = database;
        this.clock = clock;
        this.expire = expire;
        this.ids = ids;
        this.steps = steps(retention);
    }

    /** Deletes a batch of old rows and returns their number; 0 when none is left. */
    interface Piece {
        int delete(Handle handle, Instant now);
    }

    record Step(String name, Piece piece) {
        /**
         * A step for a table that the old shop may have filled too: there only a retention time set by the operator
         * counts.
         */
        static Step olderThan(String name, Retention.Kept kept, Forgetting forgetting) {
            return new Step(
                    name,
                    (handle, now) -> kept.longest()
                            .filter(age -> kept.chosen() || TakenOverSql.whose(handle) == Whose.NEVER_DJANGOS)
                            .map(age -> forgetting.before(handle, now.minus(age), MOST_FORGOTTEN_AT_ONCE))
                            .orElse(0));
        }
    }

    private interface Forgetting {
        int before(Handle handle, Instant instant, int most);
    }

    static List<Step> steps(Retention retention) {
        return List.of(
                new Step(
                        "kept answers",
                        (handle, now) -> IdempotencyRecords.deleteOld(handle, now, MOST_DELETED_AT_ONCE)),
                new Step(
                        "marks of batches",
                        (handle, now) -> GroupCommit.deleteOldMarkers(handle, now, MOST_DELETED_AT_ONCE)),
                new Step("windows of limits", Limits::deleteEnded),
                new Step("refresh tokens", Accounts::deleteEnded),
                new Step("sessions of browsers", Accounts::deleteEndedOfBrowsers),
                new Step("mailed codes", Accounts::deleteOldCodes),
                new Step("mailed links", Accounts::deleteOldLinks),
                new Step("deliveries typed and not paid", Accounts::deleteTypedDeliveries),
                new Step("links to orders", OrderLinks::deleteEnded),
                new Step("guests", (handle, now) -> forgetGuests(handle, now, retention.guests())),
                new Step("signing keys", Accounts::retireSigningKeys),
                new Step("units shown", (handle, now) -> WishStock.forget(handle, now, MOST_DELETED_AT_ONCE)),
                Step.olderThan("login attempts", retention.loginAttempts(), Accounts::deleteLoginAttemptsBefore),
                Step.olderThan("audit entries", retention.audit(), AuditSql::deleteBefore),
                Step.olderThan("audit entries of carts", retention.cartAudit(), Carts::deleteAuditBefore),
                Step.olderThan("origins of holds", retention.origins(), ForgetOrigins::of),
                new Step(
                        "delivered events",
                        (handle, now) -> DistributeEvents.deleteOld(handle, now, MOST_FORGOTTEN_AT_ONCE)),
                new Step(
                        "letters whose time is over",
                        (handle, now) -> Letters.endLapsed(handle, now, MOST_FORGOTTEN_AT_ONCE)),
                new Step(
                        "letters",
                        (handle, now) -> retention
                                .mails()
                                .longest()
                                .map(age -> Letters.deleteBefore(handle, now.minus(age), MOST_FORGOTTEN_AT_ONCE))
                                .orElse(0)));
    }

    /** Guests are ours in every database. Their carts are locked after them and before nothing else. */
    private static int forgetGuests(Handle handle, Instant now, Retention.Kept kept) {
        if (kept.longest().isEmpty()) {
            return 0;
        }
        Instant before = now.minus(kept.longest().get());
        int buyers = Guests.keepBuyers(handle, before, now, MOST_FORGOTTEN_AT_ONCE);
        List<Integer> forgotten = Guests.lockForgotten(handle, before, MOST_FORGOTTEN_AT_ONCE);
        if (!forgotten.isEmpty()) {
            Carts.forget(handle, forgotten);
            PaymentOwners.forget(handle, forgotten);
            Guests.forget(handle, forgotten, now);
        }
        return buyers + forgotten.size();
    }

    /** Sweeps the reservations, and the orders whose money does not come, every so often. */
    void sweepEvery(Duration every) {
        repeat(every, "the sweep", this::sweep);
        repeat(every, "the cancelling of unpaid orders", this::lapse);
    }

    /** Does something else every so often, on a thread of its own. */
    void repeat(Duration every, String what, Runnable round) {
        executor.scheduleWithFixedDelay(
                () -> guarded(what, round), every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Deletes old records every minute, whether or not this server sweeps the reservations. */
    void deleteOldRecordsEveryMinute() {
        executor.scheduleWithFixedDelay(this::deleteOldRecords, 1, 1, TimeUnit.MINUTES);
    }

    /** Renews what other instances know of this one, at once and every minute, so that no request waits for it. */
    void renewEveryMinute(Runnable renewal) {
        executor.scheduleWithFixedDelay(
                () -> guarded("the renewal of this server's keys", () -> {
                    if (isOurs()) {
                        renewal.run();
                    }
                }),
                0,
                1,
                TimeUnit.MINUTES);
    }

    /** Looks at a slice of the figures, orders and payments every minute. */
    void reconcileEveryMinute(Runnable slice) {
        executor.scheduleWithFixedDelay(
                () -> guarded("the reconciliation", () -> {
                    if (isOurs()) {
                        slice.run();
                    }
                }),
                1,
                1,
                TimeUnit.MINUTES);
    }

    /** A server that was still running when its database was given back to Django must not change it. */
    private boolean isOurs() {
        return database.read(TakenOverSql::whose) != Whose.DJANGOS_NOW;
    }

    void lookAtIdsEveryHour() {
        executor.scheduleWithFixedDelay(() -> guarded("the look at the ids", this::lookAtIds), 1, 60, TimeUnit.MINUTES);
    }

    private void sweep() {
        int released = expire.run();
        if (released > 0) {
            RESERVATIONS.log(Level.INFO, "barrido: {0} reservas expiradas liberadas", Integer.toString(released));
        }
    }

    private void lapse() {
        int lapsed = lapse.run();
        if (lapsed > 0) {
            RESERVATIONS.log(
                    Level.INFO, "barrido: {0} pedidos sin pagar cancelados por vencidos", Integer.toString(lapsed));
        }
    }

    void deleteOldRecords() {
        guarded("looking whose the records are", () -> {
            if (isOurs()) {
                steps.forEach(step -> guarded("deleting " + step.name(), () -> deleteAll(step.piece())));
            }
        });
    }

    /** Deletes batch after batch, each in a transaction of its own, until none is left. */
    private void deleteAll(Piece piece) {
        int deleted;
        do {
            deleted = database.inTransaction(handle -> piece.delete(handle, clock.now(handle)));
        } while (deleted > 0 && !executor.isShutdown());
    }

    void lookAtIds() {
        ids.look().stream()
                .filter(IdSupply::isScarce)
                .forEach(scarce -> LOG.log(
                        Level.WARNING,
                        "{0} has given {1} of {2} ids ({3} %); docs/how-to/ids.md says what to do before they run out",
                        new Object[] {
                            scarce.column(),
                            Long.toString(scarce.used()),
                            Long.toString(scarce.most()),
                            scarce.usedPercent()
                        }));
    }

    private static void guarded(String what, Runnable round) {
        try {
            round.run();
        } catch (Throwable failure) { // an uncaught error would end the schedule silently
            LOG.log(Level.WARNING, what + " failed; the next round tries again", failure);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
