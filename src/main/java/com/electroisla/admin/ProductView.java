package com.electroisla.admin;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The form of one product.
 *
 * @param id 0 for a new product
 * @param stock null for a new product
 * @param fields the present values, or the typed ones when they were refused
 * @param problem their fault; empty at first
 * @param differences between typed values and another user's, each to be decided; empty usually
 * @param leap the price that changes by more than half, to be confirmed; empty usually
 * @param adjusting the adjustment form as it was typed
 */
public record ProductView(long id, String version, Fields fields, ProductsView.@Nullable Row stock, List<String> categories, String problem,
        List<Difference> differences, String leap, Adjusting adjusting, long onShelf, String stockVersion, List<Movement> movements) {

    /** The names of the fields with a difference to decide. */
    public String asked() {
        return differences.stream().map(Difference::name).collect(Collectors.joining(","));
    }

    /** The values as typed. */
    public record Fields(String name, String description, String price, String discount, String category, String image, boolean active) {}

    /** @param name the field's name */
    public record Difference(String name, String theirs, String yours) {
        /** The key of the field's name in the bundle. */
        public String field() {
            return "campo_" + name;
        }
    }

    /**
     * @param problem the adjustment's fault; empty at first
     * @param order the order that a return comes from, as typed
     * @param hits the holds that would end
     * @param count the result of a count, shown before it is applied; null without one
     * @param version of the figures shown with a count; empty without one
     */
    public record Adjusting(String kind, String quantity, String reason, String order, String problem, List<Hit> hits, int totalAfter, int availableAfter,
            @Nullable Counted count, String version) {
        public static final Adjusting BLANK = new Adjusting("entrada", "", "", "", "", List.of(), 0, 0, null, "");

        public static Adjusting refused(String kind, String quantity, String reason, String order, String problem) {
            return new Adjusting(kind, quantity, reason, order, problem, List.of(), 0, 0, null, "");
        }

        /** Whether only the confirmation is missing. */
        public boolean confirms() {
            return count != null || !hits.isEmpty();
        }
    }

    /** @param difference the difference to be written, with its sign */
    public record Counted(long onShelf, long counted, String difference) {}

    /** A buyer's hold that would end. */
    public record Hit(long id, String username, int quantity, Instant expiresAt) {}

    /** @param user empty when no user made it */
    public record Movement(String kind, int total, int sold, String reason, String user, Instant at) {
        public String kindKey() {
            return "tipo_" + kind;
        }
    }
}
