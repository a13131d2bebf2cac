package com.electroisla.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of one product.
 *
 * @param id 0 for one that is not there yet
 * @param stock null for one that is not there yet
 * @param fields as they are, or as they were typed when they were refused
 * @param problem what is wrong with them; empty at first
 * @param differences between what was typed and what somebody else wrote meanwhile; empty usually
 * @param adjusting the adjustment form as it was typed
 */
public record ProductView(long id, String version, Fields fields, ProductsView.@Nullable Row stock, List<String> categories, String problem,
        List<Difference> differences, Adjusting adjusting, List<Movement> movements) {

    /** As typed. */
    public record Fields(String name, String description, String price, String discount, String category, String image, boolean active) {}

    /** @param field a key of the bundle */
    public record Difference(String field, String theirs, String yours) {}

    /**
     * @param problem what is wrong with it; empty at first
     * @param order the order that a return comes from, as typed
     * @param hits the holds that would end; empty unless there are such
     */
    public record Adjusting(String kind, String quantity, String reason, String order, String problem, List<Hit> hits, int totalAfter, int availableAfter) {
        public static final Adjusting BLANK = new Adjusting("entrada", "", "", "", "", List.of(), 0, 0);

        public static Adjusting refused(String kind, String quantity, String reason, String order, String problem) {
            return new Adjusting(kind, quantity, reason, order, problem, List.of(), 0, 0);
        }
    }

    /** A buyer's hold that would end. */
    public record Hit(long id, String username, int quantity, Instant expiresAt) {}

    /** @param user empty when nobody in particular did it */
    public record Movement(String kind, int total, int sold, String reason, String user, Instant at) {
        public String kindKey() {
            return "tipo_" + kind;
        }
    }
}
