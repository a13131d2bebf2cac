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
import java.util.EnumMap;
import java.util.LinkedHashMap;
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

    /**
     * Makes a product without any stock, in the caller's transaction; fields that are not given have their presets.
     *
     * @param change with every field that has no preset
     */
    public long create(Handle handle, ProductChange change, Actor actor, Instant now) {
        Map<ProductField, Object> values = new EnumMap<>(ProductField.class);
        for (ProductField field : ProductField.values()) {
            values.put(
                    field,
                    Optional.ofNullable(change.fields().get(field))
                            .or(field::preset)
                            .orElseThrow());
        }
        ProductDetails details = new ProductDetails(values);
        long id = ProductEditSql.insert(handle, details, actor.userId(), now);
        ProductChange.Beside beside = ProductEditSql.beside(handle, id).with(change);
        ProductEditSql.setBeside(handle, id, beside);
        Map<String, String> all = texts(details.values());
        all.putAll(texts(beside.values()));
        AuditSql.write(handle, actor, new Entry("crear", MODULE, id, details.name(), Map.of("despues", all)), now);
        return id;
    }

    /**
     * Changes a product in the caller's transaction, whatever others changed before: the last one wins, field by
     * field.
     *
     * @return the path of the picture that it had before, empty for none; no value when there is no such product
     */
    public Optional<String> change(Handle handle, long id, ProductChange change, Actor actor, Instant now) {
        Optional<Versioned> found = ProductEditSql.lock(handle, id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ProductDetails before = found.get().details();
        ProductDetails after = change.onto(before);
        ProductChange.Beside besideBefore = ProductEditSql.beside(handle, id);
        ProductChange.Beside besideAfter = besideBefore.with(change);
        if (!after.equals(before) || !besideAfter.equals(besideBefore)) {
            ProductEditSql.update(handle, id, after, now);
            ProductEditSql.setBeside(handle, id, besideAfter);
            Map<String, String> was = texts(before.values());
            was.putAll(texts(besideBefore.values()));
            Map<String, String> is = texts(after.values());
            is.putAll(texts(besideAfter.values()));
            AuditSql.write(handle, actor, Entry.change("editar", MODULE, id, after.name(), was, is), now);
        }
        return Optional.of(besideBefore.picture());
    }

    /**
     * Writes the path of the picture that a product shows, in the transaction of a caller that locked it; its own log
     * says what was changed.
     *
     * @param path under the media folder; empty for none
     * @return the product's name
     */
    public String showPicture(Handle handle, long id, String path, Instant now) {
        return ProductEditSql.showPicture(handle, id, path, now);
    }

    /** Locks a product that may be changed or deleted; false when there is none. */
    public boolean lock(Handle handle, long id) {
        return ProductEditSql.lock(handle, id).isPresent();
    }

    /** Deletes a product that is locked and that nothing needs any more, in the caller's transaction. */
    public void delete(Handle handle, long id, Actor actor, Instant now) {
        Versioned product = ProductEditSql.find(handle, id).orElseThrow();
        ProductChange.Beside beside = ProductEditSql.beside(handle, id);
        ProductEditSql.delete(handle, id);
        Map<String, String> was = texts(product.details().values());
        was.putAll(texts(beside.values()));
        AuditSql.write(
                handle,
                actor,
                new Entry("eliminar", MODULE, id, product.details().name(), Map.of("antes", was)),
                now);
    }

    private static Map<String, String> texts(ProductDetails details) {
        return texts(details.values());
    }

    private static Map<String, String> texts(Map<String, Object> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }
}
