package com.electroisla.catalog;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SessionSettings;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Changes the details of products.
 *
 * <p>Invariant: only the fields that the author touched are written, each over the value that the author saw or not at
 * all, with an entry in the audit log in the same transaction. A change locks the product's row and no other.
 */
public final class EditProducts {
    private static final String MODULE = "producto";

    private final Database database;
    private final DatabaseClock clock;

    public EditProducts(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A product with the version that a form was made from. */
    public record Versioned(long id, ProductDetails details) {
        /** The version to be sent back with the change, as {@link ProductEdit#seen}. */
        public String version() {
            return FieldMarks.of(details.values()).toString();
        }
    }

    public Optional<Versioned> find(long id) {
        return database.read(handle -> ProductEditSql.find(handle, id));
    }

    /** Makes a product without any stock, once for each form; the result is its id, also of a repetition. */
    public Applied<Long> create(ProductDetails details, Actor actor, IdempotencyKey form) {
        return database.inTransaction(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> {
                    Instant now = clock.now(handle);
                    long id = ProductEditSql.insert(handle, details, actor.userId(), now);
                    AuditSql.write(
                            handle,
                            actor,
                            new Entry("crear", MODULE, id, details.name(), Map.of("despues", texts(details))),
                            now);
                    return id;
                },
                id -> Optional.of(id.toString())));
    }

    /** Changes a product, once for each form. */
    public Applied<EditOutcome> update(long id, ProductEdit edit, Actor actor, IdempotencyKey form) {
        return database.inTransaction(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> update(handle, id, edit, actor),
                outcome -> outcome instanceof EditOutcome.Saved ? Optional.of("") : Optional.empty()));
    }

    private EditOutcome update(Handle handle, long id, ProductEdit edit, Actor actor) {
        Optional<Versioned> found = ProductEditSql.lock(handle, id);
        if (found.isEmpty()) {
            return new EditOutcome.NotFound();
        }
        ProductDetails before = found.get().details();
        ProductEdit.Merged merged = edit.onto(before);
        if (!merged.conflicts().isEmpty()) {
            return new EditOutcome.ChangedMeanwhile(found.get(), merged.conflicts());
        }
        ProductDetails after = merged.details();
        if (before.price() instanceof Price.Asked(Money was)
                && after.price() instanceof Price.Asked(Money becomes)
                && TypedPrice.isLeap(was, becomes)
                && !edit.confirmed().equals(Optional.of(becomes.toString()))) {
            return new EditOutcome.PriceLeaps(found.get(), was, becomes);
        }
        if (!after.equals(before)) {
            Instant now = clock.now(handle);
            ProductEditSql.update(handle, id, after, now);
            AuditSql.write(
                    handle,
                    actor,
                    Entry.change("editar", MODULE, id, after.name(), before.values(), after.values()),
                    now);
        }
        return new EditOutcome.Saved(id, merged.theirs());
    }

    /**
     * Puts many products on sale or takes them off, whatever else was changed about them; once for each form.
     *
     * @return how many changed
     */
    public Applied<Integer> setOnSale(List<Long> ids, boolean onSale, Actor actor, IdempotencyKey form) {
        return database.inTransactionOfManyLocks(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> {
                    Instant now = clock.now(handle);
                    SessionSettings.waitForLocksOnlyAMoment(handle);
                    List<ProductEditSql.Named> changed = ProductEditSql.setOnSale(handle, ids, onSale, now);
                    AuditSql.write(
                            handle,
                            actor,
                            changed.stream()
                                    .map(product -> Entry.change(
                                            "editar",
                                            MODULE,
                                            product.id(),
                                            product.name(),
                                            Map.of("activo", !onSale),
                                            Map.of("activo", onSale)))
                                    .toList(),
                            now);
                    return changed.size();
                },
                count -> Optional.of(count.toString())));
    }

    private static Map<String, String> texts(ProductDetails details) {
        Map<String, String> texts = new java.util.LinkedHashMap<>();
        details.values().forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }
}
