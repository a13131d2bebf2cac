package com.electroisla.payment;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Script;
import com.electroisla.event.Event;
import com.electroisla.event.Outbox;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Charges that no batch can decide: of a buyer whose account is gone or closed, and of a payment that nobody knows.
 * Each is kept once, whoever tells of it and how often.
 *
 * <p>The payment's row is locked and nothing else. A batch takes that lock too, last of all, so that a charge is
 * decided here or there, and once.
 */
public final class StrayCharges {
    private final Database database;
    private final DatabaseClock clock;
    private final Outbox outbox;

    /** @param outbox takes the events of the charge and of its refund */
    public StrayCharges(Database database, DatabaseClock clock, Outbox outbox) {
        this.database = database;
        this.clock = clock;
        this.outbox = outbox;
    }

    /**
     * Keeps a charge of a payment whose buyer has no account any more, and owes it back.
     *
     * @return why it is owed; empty when the charge was kept before, or there is no such payment
     */
    public Optional<RefundReason> ofClosedAccount(ProviderWord.Paid word) {
        return database.inTransaction(handle -> PaymentSql.lock(handle, word.payment())
                .filter(payment -> ChargeSql.find(handle, payment.provider(), word.charge())
                        .isEmpty())
                .map(payment -> owe(handle, payment, word, clock.now(handle))));
    }

    private RefundReason owe(Handle handle, Payment payment, ProviderWord.Paid word, Instant now) {
        RefundReason reason =
                payment.state() == PaymentState.PAID ? RefundReason.CHARGED_TWICE : RefundReason.ACCOUNT_CLOSED;
        Charge charge = new Charge(
                ChargeSql.nextId(handle),
                payment.provider(),
                word.charge(),
                payment.id(),
                word.amount(),
                now,
                ChargeResult.REFUND);
        Refund refund = Refund.owed(RefundSql.nextId(handle), charge, payment.userId(), reason, now);
        var writes = new Script();
        if (payment.state().followers().contains(PaymentState.REFUND_OWED)) {
            PaymentSql.updateAll(writes, List.of(payment.in(PaymentState.REFUND_OWED, now)), now);
        }
        ChargeSql.insertAll(writes, List.of(charge));
        RefundSql.insertAll(writes, List.of(refund));
        List<Event> events = List.of(PaymentEvents.received(payment, charge), PaymentEvents.owed(refund));
        outbox.add(writes, events, now);
        writes.run(handle);
        return reason;
    }

    /**
     * Keeps a charge of a payment that nobody knows, for the staff.
     *
     * @return false when it was kept before
     */
    public boolean ofUnknownPayment(String provider, String charge, BigDecimal amount) {
        return database.inTransaction(
                handle -> ChargeSql.insertUnknown(handle, provider, charge, amount, clock.now(handle)));
    }
}
