package com.electroisla.admin;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The form of one product.
 *
 * @param id 0 for one that is not there yet
 * @param stock null for one that is not there yet
 * @param fields as they are, or as they were typed when they were refused
 * @param problem what is wrong with them; empty at first
 * @param differences between what was typed and what somebody else wrote meanwhile, each to be decided; empty usually
 * @param leap the price that moves by more than half, to be confirmed; empty usually
 * @param adjusting the adjustment form as it was typed
 */
public record ProductView(long id, String version, Fields fields, ProductsView.@Nullable Row stock, List<String> categories, String problem,
        List<Difference> differences, String leap, Adjusting adjusting, long onShelf, String stockVersion, List<Movement> movements) {

    /** The names of the fields that are asked about. */
    public String asked() {
        return differences.stream().map(Difference::name).collect(Collectors.joining(","));
    }

    /** As typed. */
    public record Fields(String name, String description, String price, String discount, String category, String image, boolean active) {}

    /** @param name of the field */
    public record Difference(String name, String theirs, String yours) {
        /** A key of the bundle. */
        public String field() {
            return "campo_" + name;
        }
    }

    /**
     * @param problem what is wrong with it; empty at first
     * @param order the order that a return comes from, as typed
     * @param hits the holds that would end; empty unless there are such
     * @param count what a count found, shown before it is applied; null unless there is one
     * @param version of the figures that the person is shown with a count; empty without one
     */
    public record Adjusting(String kind, String quantity, String reason, String order, String problem, List<Hit> hits, int totalAfter, int availableAfter,
            @Nullable Counted count, String version) {
        public static final Adjusting BLANK = new Adjusting("entrada", "", "", "", "", List.of(), 0, 0, null, "");

        public static Adjusting refused(String kind, String quantity, String reason, String order, String problem) {
            return new Adjusting(kind, quantity, reason, order, problem, List.of(), 0, 0, null, "");
        }

        /** Whether all that is left is to confirm. */
        public boolean confirms() {
            return count != null || !hits.isEmpty();
        }
    }

    /** @param difference what would be written, with its sign */
    public record Counted(long onShelf, long counted, String difference) {}

    /** A buyer's hold that would end. */
    public record Hit(long id, String username, int quantity, Instant expiresAt) {}

    /** @param user empty when nobody in particular did it */
    public record Movement(String kind, int total, int sold, String reason, String user, Instant at) {
        public String kindKey() {
            return "tipo_" + kind;
        }
    }
}
