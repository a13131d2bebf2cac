package com.electroisla.picture;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.catalog.EditProducts;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.picture.Arrangement.Step;
import com.electroisla.picture.Gallery.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The pictures that products have: added, put in order, described, taken away and brought back.
 *
 * <p>Invariants: the first picture's file is in the product's row, where lists and the old shop read it; a row names a
 * file that is there. Files are written in the transaction that inserts their rows, under a lock that the sweep takes
 * alone. A change locks the product's row and no other.
 */
public final class ProductPictures {
    /** The most pictures of one product. */
    public static final int MOST = 12;

    /** The longest text, in characters. */
    public static final int LONGEST_TEXT = 250;

    /** For so long a picture that was taken out can come back. */
    static final Duration GRACE = Duration.ofDays(1);

    private static final String MODULE = "producto";
    private static final int MOST_SWEPT_AT_ONCE = 200;

    private final Database database;
    private final DatabaseClock clock;
    private final EditProducts products;
    private final PictureFiles files;

    public ProductPictures(Database database, DatabaseClock clock, EditProducts products, PictureFiles files) {
        this.database = database;
        this.clock = clock;
        this.products = products;
        this.files = files;
    }

    /** The pictures of a product; empty for a product that is not there. */
    public static Gallery of(Handle handle, long product) {
        return PictureSql.gallery(handle, product);
    }

    private interface Change {
        ArrangeOutcome on(Handle handle, Gallery before, Instant now);
    }

    /** Adds pictures at the end, once for each form; one that the product has already is not added again. */
    public Applied<ArrangeOutcome> add(long product, List<MadePicture> made, Actor actor, IdempotencyKey form) {
        Map<String, MadePicture> byPath = new LinkedHashMap<>();
        made.forEach(each -> byPath.put(each.path(), each));
        return changing(product, actor, form, (handle, before, now) -> {
            before.pictures().forEach(each -> byPath.remove(each.path()));
            if (before.pictures().size() + byPath.size() > MOST) {
                return new ArrangeOutcome.TooMany();
            }
            byPath.values().forEach(files::write);
            PictureSql.append(handle, product, byPath.keySet(), now);
            return new ArrangeOutcome.Done(byPath.size());
        });
    }

    /** Applies the wish, once for each form, unless somebody else changed the same meanwhile. */
    public Applied<ArrangeOutcome> arrange(long product, Arrangement wish, Actor actor, IdempotencyKey form) {
        return changing(product, actor, form, (handle, before, now) -> arrange(handle, product, wish, before, now));
    }

    private static ArrangeOutcome arrange(Handle handle, long product, Arrangement wish, Gallery before, Instant now) {
        List<Long> present = before.ids();
        // A picture of the old shop's had no row, and so no id, when the person saw it.
        long adopted = present.isEmpty() ? 0 : present.getFirst();
        List<Long> seen = withId(wish.seen(), adopted);
        List<Long> order = withId(wish.order(), adopted);
        boolean moves = !order.equals(seen) || !(wish.step() instanceof Step.None);
        if (moves && !seen.equals(present) || !sameIds(order, seen)) {
            return new ArrangeOutcome.ChangedMeanwhile();
        }
        Map<Long, String> texts = new LinkedHashMap<>();
        for (Map.Entry<Long, Arrangement.Text> each : wish.texts().entrySet()) {
            Arrangement.Text text = each.getValue();
            if (text.isTouched()) {
                long id = each.getKey() == 0 ? adopted : each.getKey();
                Optional<Kept> kept = before.one(id);
                boolean theirs = kept.isEmpty()
                        || !kept.get().text().equals(text.was())
                                && !kept.get().text().equals(text.becomes());
                if (theirs) {
                    return new ArrangeOutcome.ChangedMeanwhile();
                }
                texts.put(id, text.becomes());
            }
        }
        PictureSql.describe(handle, product, texts);
        return step(handle, product, wish.step(), moves ? order : present, adopted, now);
    }

    private static ArrangeOutcome step(
            Handle handle, long product, Step step, List<Long> order, long adopted, Instant now) {
        List<Long> ids = new ArrayList<>(order);
        switch (step) {
            case Step.None _ -> {}
            case Step.Earlier(long id) -> move(ids, id == 0 ? adopted : id, -1);
            case Step.Later(long id) -> move(ids, id == 0 ? adopted : id, 1);
            case Step.TakeOut(long id) -> {
                long gone = id == 0 ? adopted : id;
                ids.remove(gone);
                PictureSql.takeOut(handle, product, gone, now);
            }
            case Step.BringBack(long id) -> {
                if (ids.size() >= MOST) {
                    return new ArrangeOutcome.TooMany();
                }
                if (!PictureSql.bringBack(handle, product, id)) {
                    return new ArrangeOutcome.ChangedMeanwhile();
                }
                ids.add(id);
            }
        }
        PictureSql.order(handle, product, ids);
        return new ArrangeOutcome.Done(0);
    }

    private static void move(List<Long> ids, long id, int by) {
        int at = ids.indexOf(id);
        int to = at + by;
        if (at >= 0 && to >= 0 && to < ids.size()) {
            Collections.swap(ids, at, to);
        }
    }

    private static List<Long> withId(List<Long> ids, long adopted) {
        return ids.stream().map(id -> id == 0 ? adopted : id).toList();
    }

    private static boolean sameIds(List<Long> one, List<Long> other) {
        return one.stream().sorted().toList().equals(other.stream().sorted().toList());
    }

    private Applied<ArrangeOutcome> changing(long product, Actor actor, IdempotencyKey form, Change change) {
        return database.inTransaction(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> changing(handle, product, actor, change),
                outcome -> outcome instanceof ArrangeOutcome.Done ? Optional.of("") : Optional.empty()));
    }

    private ArrangeOutcome changing(Handle handle, long product, Actor actor, Change change) {
        keepFiles(handle);
        if (!products.lock(handle, product)) {
            return new ArrangeOutcome.NotFound();
        }
        Instant now = clock.now(handle);
        adopt(handle, product, now);
        Gallery before = PictureSql.gallery(handle, product);
        PictureSql.order(handle, product, before.ids());
        ArrangeOutcome outcome = change.on(handle, before, now);
        if (outcome instanceof ArrangeOutcome.Done) {
            Gallery after = PictureSql.live(handle, product);
            String first = after.pictures().isEmpty()
                    ? ""
                    : after.pictures().getFirst().path();
            String name = products.showPicture(handle, product, first, now);
            if (!after.pictures().equals(before.pictures())) {
                AuditSql.write(
                        handle,
                        actor,
                        Entry.change("editar", MODULE, product, name, values(before), values(after)),
                        now);
            }
        }
        return outcome;
    }

    private static Map<String, String> values(Gallery gallery) {
        return Map.of(
                "fotos",
                gallery.pictures().stream()
                        .map(each -> each.text().isEmpty() ? each.path() : each.path() + " (" + each.text() + ")")
                        .collect(Collectors.joining(", ")));
    }

    /** Gives the picture in the product's row a row of its own, if it has none: somebody else may have written it. */
    public void adopt(Handle handle, long product, Instant now) {
        Gallery found = PictureSql.gallery(handle, product);
        if (found.one(0).isPresent()) {
            PictureSql.putFirst(handle, product, found.one(0).get().path(), now);
        }
    }

    /**
     * Keeps the sweep away until the end of a transaction that changes pictures. A caller asks before it locks or
     * writes a row of them, because the sweep may wait for such a row.
     */
    public static void keepFiles(Handle handle) {
        PictureSql.keepFiles(handle);
    }

    /** Writes a picture's files, in a transaction that keeps them and is about to name them. */
    public void write(MadePicture made) {
        files.write(made);
    }

    /**
     * Puts a picture in the place of a product's first one, for a caller whose transaction has locked the product and
     * written its row.
     *
     * @param before the path of the picture that the product had; empty for none
     */
    public void replaceFirst(Handle handle, long product, String before, MadePicture made, Instant now) {
        if (!before.equals(made.path())) {
            PictureSql.takeOut(handle, product, before, now);
        }
        PictureSql.putFirst(handle, product, made.path(), now);
    }

    /**
     * Deletes the rows whose day is over or whose product is gone, and the files that no row names then.
     *
     * @return how many rows
     */
    public int sweep() {
        int swept = 0;
        int some;
        do {
            some = database.inTransaction(this::sweepSome);
            swept += some;
        } while (some == MOST_SWEPT_AT_ONCE);
        return swept;
    }

    private int sweepSome(Handle handle) {
        if (!PictureSql.tryToLockFiles(handle)) {
            return 0; // a picture is just being added; the next round is soon
        }
        Instant now = clock.now(handle);
        List<String> gone = PictureSql.deleteGone(handle, now.minus(GRACE), MOST_SWEPT_AT_ONCE);
        if (!gone.isEmpty()) {
            List<String> unnamed = new ArrayList<>(gone);
            unnamed.removeAll(PictureSql.stillNamed(handle, unnamed));
            unnamed.forEach(files::delete);
        }
        return gone.size();
    }

    /** Deletes what uploads have left that were cut short by the server's end, a day later. */
    public void forgetHalves() {
        files.forgetHalves(database.read(clock::now));
    }
}
