package com.electroisla.admin;

import com.electroisla.catalog.ProductDetails;
import com.electroisla.catalog.ProductField;
import com.electroisla.catalog.ProductField.Kind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * @param pictures null for a new product
 */
public record ProductView(
        long id,
        String version,
        Fields fields,
        ProductsView.@Nullable Row stock,
        List<String> categories,
        String problem,
        List<Difference> differences,
        String leap,
        Adjusting adjusting,
        long onShelf,
        String stockVersion,
        List<Movement> movements,
        @Nullable PicturesView pictures) {

    /** The names of the fields with a difference to decide. */
    public String asked() {
        return differences.stream().map(Difference::name).collect(Collectors.joining(","));
    }

    /** Every field as it was typed, in the order of the form. */
    public record Fields(Map<ProductField, String> typed) {
        public static Fields of(ProductDetails details) {
            Map<ProductField, String> texts = new EnumMap<>(ProductField.class);
            details.fields().keySet().forEach(field -> texts.put(field, details.text(field)));
            return new Fields(texts);
        }

        public String text(ProductField field) {
            return Objects.requireNonNull(typed.get(field));
        }

        public List<Input> inputs() {
            return typed.entrySet().stream()
                    .map(each -> new Input(each.getKey(), each.getValue()))
                    .toList();
        }
    }

    /** One field of the form with its value. */
    public record Input(ProductField field, String value) {
        public String name() {
            return field.column();
        }

        /** The key of the field's name in the bundle; of a switch, the key of a sentence. */
        public String label() {
            return isSwitch() ? name() + "_largo" : "campo_" + name();
        }

        public boolean isSwitch() {
            return field.kind() == Kind.SWITCH;
        }

        public boolean isOn() {
            return Boolean.parseBoolean(value);
        }

        public boolean isParagraphs() {
            return field.kind() == Kind.PARAGRAPHS;
        }

        public boolean isWide() {
            return field == ProductField.NAME;
        }

        /** Whether the categories in use are offered. */
        public boolean offersCategories() {
            return field == ProductField.CATEGORY;
        }

        public boolean isRequired() {
            return field.kind() == Kind.LINE || field.kind() == Kind.PRICE;
        }

        /** The keyboard on a phone; empty for the usual one. */
        public String inputMode() {
            return switch (field.kind().type()) {
                case PRICE -> "decimal";
                case WHOLE -> "numeric";
                case TEXT, TRUTH -> "";
            };
        }

        public int longest() {
            return field.longest();
        }
    }

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
    public record Adjusting(
            String kind,
            String quantity,
            String reason,
            String order,
            String problem,
            List<Hit> hits,
            int totalAfter,
            int availableAfter,
            @Nullable Counted count,
            String version) {
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
