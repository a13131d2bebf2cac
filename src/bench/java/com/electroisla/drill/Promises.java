package com.electroisla.drill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that no unit was promised twice at any moment of the drill, and that the figures count the rows. A pure
 * function.
 *
 * <p>A hold keeps its units from {@code created_at} until it was given up or its time was over, and for ever when it
 * was sold; a cancelled order gives them back. In the order of the database's clock, the units out must never exceed
 * {@code stock_total}.
 */
final class Promises {
    private record Change(Instant at, int units) {}

    private Promises() {}

    static List<String> broken(Facts facts) {
        Map<Long, List<Change>> changes = new HashMap<>();
        Map<Long, Integer> reserved = new HashMap<>();
        Map<Long, Integer> sold = new HashMap<>();
        List<String> found = new ArrayList<>();
        for (Facts.HoldRow hold : facts.holds()) {
            List<Change> its = changes.computeIfAbsent(hold.product(), product -> new ArrayList<>());
            its.add(new Change(hold.createdAt(), hold.quantity()));
            switch (hold.status()) {
                case "confirmed" -> {
                    sold.merge(hold.product(), hold.quantity(), Integer::sum);
                    if (hold.confirmedAt() == null || hold.confirmedAt().isAfter(hold.expiresAt())) {
                        found.add("la reserva " + hold.id() + " se vendió después de su hora");
                    }
                }
                case "cancelled" ->
                    its.add(new Change(
                            hold.cancelledAt() == null ? hold.expiresAt() : hold.cancelledAt(), -hold.quantity()));
                case "expired" -> {
                    its.add(new Change(hold.expiresAt(), -hold.quantity()));
                    if (hold.expiresAt().isAfter(facts.now())) {
                        found.add("la reserva " + hold.id() + " expiró antes de su hora");
                    }
                }
                default -> {
                    reserved.merge(hold.product(), hold.quantity(), Integer::sum);
                    its.add(new Change(hold.expiresAt(), -hold.quantity()));
                }
            }
        }
        for (Facts.ReturnRow row : facts.returns()) {
            changes.computeIfAbsent(row.product(), product -> new ArrayList<>())
                    .add(new Change(row.at(), -row.quantity()));
            sold.merge(row.product(), -row.quantity(), Integer::sum);
        }
        for (Facts.ProductRow product : facts.products()) {
            found.addAll(figures(product, reserved.getOrDefault(product.id(), 0), sold.getOrDefault(product.id(), 0)));
            found.addAll(overlaps(product, changes.getOrDefault(product.id(), List.of())));
        }
        return found;
    }

    private static List<String> figures(Facts.ProductRow product, int reserved, int sold) {
        List<String> found = new ArrayList<>();
        if (product.reserved() != reserved) {
            found.add("producto " + product.id() + ": stock_reservado es " + product.reserved()
                    + " y las reservas suman " + reserved);
        }
        if (product.sold() != sold) {
            found.add(
                    "producto " + product.id() + ": stock_vendido es " + product.sold() + " y lo vendido suma " + sold);
        }
        return found;
    }

    /**
     * The moments with too many units out. At one moment units given back come first: a batch takes over those that
     * have just expired.
     */
    private static List<String> overlaps(Facts.ProductRow product, List<Change> changes) {
        long out = 0;
        for (Change change : changes.stream()
                .sorted(Comparator.comparing(Change::at).thenComparing(Change::units))
                .toList()) {
            out += change.units();
            if (out > product.total()) {
                return List.of("producto " + product.id() + ": a las " + change.at() + " estaban prometidas " + out
                        + " de " + product.total());
            }
        }
        return List.of();
    }
}
