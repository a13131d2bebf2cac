package com.electroisla.database.takeover;

import com.electroisla.database.DatabaseClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Mends those findings of a {@link TakeoverCheck} that a program may decide: {@code migrate --reparar}. All in one
 * transaction of the caller's; every changed row leaves a row in {@code audit_logs} with its old and new values.
 *
 * <p>The safe changes, with reasons: an overdue hold has no claim any more; of several holds of one buyer for one
 * product the newest is the one that the buyer saw last; a figure counted from its rows promises no units twice; sold
 * units are never put on sale again, even when no row explains them any more. Findings that need a judgement (a price
 * at which nothing can be sold, duplicate users, more units promised than exist) stay as they are.
 *
 * <p>Lock order as everywhere: carts, products, reservations; whole tables, because Django may be writing at the same
 * time. Its reads go on.
 */
final class TakeoverMend {
    private final Handle handle;
    private final int level;
    private final Instant now;
    private final Consumer<Handle> archive;
    private final List<String> lines = new ArrayList<>();

    private TakeoverMend(Handle handle, int level, Instant now, Consumer<Handle> archive) {
        this.handle = handle;
        this.level = level;
        this.now = now;
        this.archive = archive;
    }

    /**
     * Mends, in the caller's transaction.
     *
     * @param archive creates the tables in which corrections wait for 0020
     * @return a line for the operator for each kind of finding that was mended
     */
    static List<String> run(Handle handle, int level, Consumer<Handle> archive) {
        TakeoverMendSql.lock(handle, level >= DjangoLevel.STOCK);
        TakeoverMend mend = new TakeoverMend(handle, level, DatabaseClock.REAL.now(handle), archive);
        mend.sequences();
        mend.carts();
        mend.keys();
        mend.said(
                "%d productos con stock negativo, puesto a 0",
                TakeoverMendSql.clearNegativeStock(handle, level >= DjangoLevel.STOCK, mend.now));
        if (level >= DjangoLevel.STOCK) {
            mend.reservations();
        }
        return mend.lines;
    }

    private void sequences() {
        for (String table : TakeoverCheck.tablesWithTakenIds(handle, level)) {
            TakeoverSchemaSql.moveSequence(handle, table);
            lines.add("  Reparado: la secuencia de %s, que daba ids ya tomados".formatted(table));
        }
    }

    private void carts() {
        TakeoverMendSql.groupLines(handle);
        said("%d líneas de carrito repetidas, sumadas a la que queda", TakeoverMendSql.mergeLines(handle, now));
        said("%d carritos de más, unidos al primero de su usuario", TakeoverMendSql.dropSpareCarts(handle, now));
        said("%d líneas de carrito sin cantidad, quitadas", TakeoverMendSql.dropEmptyLines(handle, now));
    }

    private void keys() {
        TakeoverMendSql.settle(handle);
        TakeoverCheck.missingKeys(handle, level).forEach(key -> {
            TakeoverSchemaSql.addKey(handle, key);
            lines.add("  Reparado: %s en %s, que faltaba".formatted(key.definition(), key.table()));
        });
    }

    private void reservations() {
        said("%d reservas vencidas, pasadas a expired", TakeoverMendSql.expireOverdue(handle, now));
        said("%d reservas sin cantidad o repetidas, canceladas", TakeoverMendSql.cancelSpareHolds(handle, now));
        if (level > DjangoLevel.STOCK) {
            return;
        }
        said("%d productos con las cifras contadas de sus reservas", TakeoverMendSql.countFigures(handle, now));
        archive.accept(handle);
        said(
                "%d productos con ventas sin reserva, conservadas y anotadas como ajuste",
                TakeoverMendSql.explainSales(handle, now));
    }

    private void said(String sentence, int rows) {
        if (rows > 0) {
            lines.add("  Reparado: " + sentence.formatted(rows));
        }
    }
}
