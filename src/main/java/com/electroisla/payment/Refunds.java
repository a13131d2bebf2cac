package com.electroisla.payment;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.event.Outbox;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Gives money back that is owed: through the provider that charged it, or by hand.
 *
 * <p>Invariant: a refund is given once. It is marked as requested before its provider is asked, in a transaction of its
 * own, and no lock is held meanwhile; whoever asks again, after a crash or at the same moment, asks for the same
 * refund, which the provider gives once. One that was requested can be marked as given by hand only after the provider
 * has said that it is impossible, or when that provider is not set up here any more.
 */
public final class Refunds {
    private static final Logger LOG = Logger.getLogger(Refunds.class.getName());

    /** The most characters of the words that say how money was given back. */
    public static final int LONGEST_HOW = 250;

    private final Database database;
    private final DatabaseClock clock;
    private final ProviderRefunds providers;
    private final Outbox outbox;

    /** @param outbox takes the event of each refund that is given */
    public Refunds(Database database, DatabaseClock clock, ProviderRefunds providers, Outbox outbox) {
        this.database = database;
        this.clock = clock;
        this.providers = providers;
        this.outbox = outbox;
    }

    /** The refunds that are not given yet. */
    public record Owed(long count, BigDecimal amount) {}

    /** The outcome of giving money back. */
    public sealed interface Outcome {
        record Done() implements Outcome {}

        /** The provider does it later. */
        record Requested() implements Outcome {}

        /** Somebody was faster; nothing was given now. */
        record DoneBefore() implements Outcome {}

        record NotFound() implements Outcome {}

        /** Another state than the one that the user saw, or a request whose outcome only its provider knows. */
        record ChangedMeanwhile() implements Outcome {}

        /** No provider that is set up here charged it. */
        record NoProvider() implements Outcome {}

        /** @param why in the provider's words */
        record Impossible(String why) implements Outcome {}

        /** The provider could not be reached: the refund stays requested, and can be asked for again. */
        record ProviderAway() implements Outcome {}
    }

    /** The open ways for a refund. */
    public record Ways(boolean throughProvider, boolean byHand) {}

    public Optional<Refund> find(long id) {
        return database.read(handle -> RefundWorkSql.find(handle, id));
    }

    public Owed owed() {
        return database.read(RefundWorkSql::owed);
    }

    /** The ways by which this refund can be given now. */
    public Ways ways(Refund refund) {
        return database.read(handle -> ways(handle, refund));
    }

    private Ways ways(Handle handle, Refund refund) {
        boolean open = refund.state() != RefundState.DONE;
        boolean provider = open && charge(handle, refund).isPresent();
        return new Ways(provider, open && (refund.state() == RefundState.OWED || !provider));
    }

    /** The charge to give back, if its provider is set up here. */
    private Optional<Charge> charge(Handle handle, Refund refund) {
        Long charge = refund.charge();
        return charge == null
                ? Optional.empty()
                : ChargeSql.find(handle, charge).filter(found -> providers.has(found.provider()));
    }

    /** A refund that is marked as requested, or the reason why it is not. */
    private record Marked(Refund refund, Optional<Charge> charge, Optional<Outcome> refused) {}

    /** Gives the money back through the provider that charged it. */
    public Outcome throughProvider(long id, Actor actor) {
        Optional<Marked> marked = database.inTransaction(
                handle -> RefundWorkSql.lock(handle, id).map(refund -> mark(handle, refund, actor)));
        if (marked.isEmpty()) {
            return new Outcome.NotFound();
        }
        Marked asked = marked.get();
        if (asked.refused().isPresent()) {
            return asked.refused().get();
        }
        Charge charge = asked.charge().orElseThrow();
        return switch (providers.refund(asked.refund(), charge)) {
            case ProviderRefunds.Answer.Done(String reference) -> done(id, charge.provider(), reference, actor);
            case ProviderRefunds.Answer.Requested(String reference) -> requested(id, reference);
            case ProviderRefunds.Answer.Impossible(String why) -> impossible(id, why, actor);
            case ProviderRefunds.Answer.Away() -> new Outcome.ProviderAway();
        };
    }

    private Marked mark(Handle handle, Refund refund, Actor actor) {
        if (refund.state() == RefundState.DONE) {
            return new Marked(refund, Optional.empty(), Optional.of(new Outcome.DoneBefore()));
        }
        Optional<Charge> charge = charge(handle, refund);
        if (charge.isEmpty()) {
            return new Marked(refund, charge, Optional.of(new Outcome.NoProvider()));
        }
        if (refund.state() == RefundState.OWED) {
            RefundWorkSql.setState(handle, refund.id(), RefundState.REQUESTED, null);
            audit(handle, "pedir", refund, Map.of("proveedor", charge.get().provider()), actor, clock.now(handle));
        }
        return new Marked(refund, charge, Optional.empty());
    }

    private Outcome done(long id, String provider, String reference, Actor actor) {
        return database.inTransaction(handle -> {
            Refund refund = RefundWorkSql.lock(handle, id).orElseThrow();
            if (refund.state() == RefundState.DONE) {
                if (!reference.equals(refund.reference())) {
                    LOG.severe("refund " + id + " was given by hand, and now by " + provider + " too: " + reference);
                    audit(
                            handle,
                            "reembolso_doble",
                            refund,
                            Map.of("proveedor", provider, "referencia", reference),
                            actor,
                            clock.now(handle));
                }
                return new Outcome.DoneBefore();
            }
            give(handle, refund, provider, reference, actor);
            return new Outcome.Done();
        });
    }

    private Outcome requested(long id, String reference) {
        database.useTransaction(handle -> RefundWorkSql.lock(handle, id)
                .filter(refund -> refund.state() == RefundState.REQUESTED)
                .ifPresent(_ -> RefundWorkSql.setState(handle, id, RefundState.REQUESTED, reference)));
        return new Outcome.Requested();
    }

    private Outcome impossible(long id, String why, Actor actor) {
        return database.inTransaction(handle -> {
            Refund refund = RefundWorkSql.lock(handle, id).orElseThrow();
            if (refund.state() == RefundState.DONE) {
                return new Outcome.DoneBefore();
            }
            if (refund.state() == RefundState.REQUESTED) {
                RefundWorkSql.setState(handle, id, RefundState.OWED, null);
                audit(handle, "reembolso_imposible", refund, Map.of("motivo", why), actor, clock.now(handle));
            }
            return new Outcome.Impossible(why);
        });
    }

    /**
     * Marks a refund that was given by other means, once for each form.
     *
     * @param seen the state that the user saw
     * @param how in the user's own words, at most {@link #LONGEST_HOW} characters; never blank
     */
    public Applied<Outcome> byHand(long id, RefundState seen, String how, Actor actor, IdempotencyKey form) {
        if (how.isBlank() || how.codePointCount(0, how.length()) > LONGEST_HOW) {
            throw new IllegalArgumentException("no words for how: " + how.length());
        }
        return database.inTransaction(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> byHand(handle, id, seen, how, actor),
                outcome -> outcome instanceof Outcome.Done ? Optional.of("") : Optional.empty()));
    }

    private Outcome byHand(Handle handle, long id, RefundState seen, String how, Actor actor) {
        Optional<Refund> locked = RefundWorkSql.lock(handle, id);
        if (locked.isEmpty()) {
            return new Outcome.NotFound();
        }
        Refund refund = locked.get();
        if (refund.state() == RefundState.DONE) {
            return new Outcome.DoneBefore();
        }
        if (refund.state() != seen || !ways(handle, refund).byHand()) {
            return new Outcome.ChangedMeanwhile();
        }
        give(handle, refund, how, null, actor);
        return new Outcome.Done();
    }

    private void give(Handle handle, Refund refund, String how, @Nullable String reference, Actor actor) {
        Instant now = clock.now(handle);
        RefundWorkSql.setDone(handle, refund.id(), how, reference, actor.userId(), now);
        if (refund.payment() != null && refund.order() == null) {
            RefundWorkSql.refundPayment(handle, refund.payment(), now);
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("importe", refund.amount().toPlainString());
        details.put("como", how);
        if (reference != null) {
            details.put("referencia", reference);
        }
        audit(handle, "reembolsar", refund, details, actor, now);
        outbox.write(handle, RefundEvents.paid(refund, how), now);
    }

    private static void audit(
            Handle handle, String action, Refund refund, Map<String, ?> details, Actor actor, Instant now) {
        AuditSql.write(
                handle,
                actor,
                new Entry(action, "reembolso", refund.id(), "Reembolso #" + refund.id(), new LinkedHashMap<>(details)),
                now);
    }
}
