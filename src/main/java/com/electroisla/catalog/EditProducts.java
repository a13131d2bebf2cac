package com.electroisla.catalog;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * Changes what is written about products.
 *
 * <p>Invariant: a change is applied to the version that its author saw, or not at all, and leaves its entry in the audit log
 * in the same transaction. It locks the product's row and no other. The version is the moment of the last change, to the
 * microsecond, and every change moves it on; the engine's counting does not.
 */
public final class EditProducts {
    private static final String MODULE = "producto";

    private final Database database;
    private final DatabaseClock clock;

    public EditProducts(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param version hand it back with the change */
    public record Versioned(long id, String version, ProductDetails details) {}

    public Optional<Versioned> find(long id) {
        return database.read(handle -> ProductEditSql.find(handle, id));
    }

    /** A new product without any stock, once for each form; its id is the result, also of a repeat. */
    public Applied<Long> create(ProductDetails details, Actor actor, IdempotencyKey form) {
        return database.inTransaction(handle -> Applied.once(handle, form, clock, () -> {
            Instant now = clock.now(handle);
            long id = ProductEditSql.insert(handle, details, actor.userId(), now);
            AuditSql.write(handle, actor, new Entry("crear", MODULE, id, details.name(), Map.of("despues", texts(details))), now);
            return id;
        }, id -> Optional.of(id.toString())));
    }

    /** Everything at once. */
    public Applied<EditOutcome> update(long id, String version, ProductDetails details, Actor actor, IdempotencyKey form) {
        return change(id, version, before -> details, actor, form);
    }

    public Applied<EditOutcome> setPrice(long id, String version, Money price, Actor actor, IdempotencyKey form) {
        return change(id, version, before -> before.withPrice(price), actor, form);
    }

    public Applied<EditOutcome> setOnSale(long id, String version, boolean onSale, Actor actor, IdempotencyKey form) {
        return change(id, version, before -> before.onSale(onSale), actor, form);
    }

    /**
     * Puts many on sale or takes them off it, whatever else was changed about them; once for each form.
     *
     * @return how many it was not so for before
     */
    public Applied<Integer> setOnSale(List<Long> ids, boolean onSale, Actor actor, IdempotencyKey form) {
        return database.inTransaction(handle -> Applied.once(handle, form, clock, () -> {
            Instant now = clock.now(handle);
            List<ProductEditSql.Named> changed = ProductEditSql.setOnSale(handle, ids, onSale, now);
            AuditSql.write(handle, actor, changed.stream()
                    .map(product -> Entry.change("editar", MODULE, product.id(), product.name(), Map.of("activo", !onSale), Map.of("activo", onSale)))
                    .toList(), now);
            return changed.size();
        }, count -> Optional.of(count.toString())));
    }

    private Applied<EditOutcome> change(long id, String version, UnaryOperator<ProductDetails> change, Actor actor, IdempotencyKey form) {
        return database.inTransaction(handle -> Applied.once(handle, form, clock, () -> change(handle, id, version, change, actor),
                outcome -> outcome instanceof EditOutcome.Saved ? Optional.of("") : Optional.empty()));
    }

    private EditOutcome change(Handle handle, long id, String version, UnaryOperator<ProductDetails> change, Actor actor) {
        Optional<Versioned> found = ProductEditSql.lock(handle, id);
        if (found.isEmpty()) {
            return new EditOutcome.NotFound();
        }
        Versioned current = found.get();
        if (!current.version().equals(version)) {
            return new EditOutcome.ChangedMeanwhile(current);
        }
        ProductDetails after = change.apply(current.details());
        if (!after.equals(current.details())) {
            Instant now = clock.now(handle);
            ProductEditSql.update(handle, id, after, now);
            AuditSql.write(handle, actor, Entry.change("editar", MODULE, id, after.name(), current.details().values(), after.values()), now);
        }
        return new EditOutcome.Saved(id);
    }

    private static Map<String, String> texts(ProductDetails details) {
        Map<String, String> texts = new java.util.LinkedHashMap<>();
        details.values().forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }
}
