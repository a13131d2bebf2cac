package com.electroisla.database.takeover;

import java.util.List;
import java.util.Optional;

/**
 * The last migration that the old shop applied, by full name: our migrations above 0019 have the same numbers and
 * other names.
 *
 * @param number of the last one that Django applied; 0 for none
 * @param name its full name; empty for none
 * @param unknown the last name above 0018 that this program does not know
 * @param missing the first name that must have come before the last one and is not recorded
 */
public record DjangoLevel(int number, String name, Optional<String> unknown, Optional<String> missing) {
    /** The shop before the inventory system; a takeover begins here or above. */
    public static final int BASE = 18;
    /** The old shop's own inventory migration; above it the numbers are ours. */
    public static final int STOCK = 19;

    /** The old shop's migrations from the first at which a takeover can begin. */
    public static final List<String> KNOWN = List.of(
            "0018_alter_producto_categoria",
            "0019_stock_system",
            "0020_rename_productos_stock_idx_productos_stock_2e1108_idx_and_more",
            "0021_add_performance_indexes",
            "0022_remove_cartitem_cartitem_cart_prod_idx_and_more",
            "0023_alter_cartauditlog_action_and_more",
            "0024_alter_stockreservation_user_agent",
            "0025_add_performance_indexes_v2",
            "0026_remove_producto_api_producto_en_carrusel_activo_idx_and_more",
            "0027_add_imagen_field",
            "0028_add_visibility_fields",
            "0029_emailverification",
            "0030_emailverification_email_temporal_and_more",
            "0031_passwordresettoken",
            "0032_passwordrecoverycode",
            "0033_alter_loginattempt_attempt_type");

    /** @param recorded the names in {@code django_migrations} of the shop's application, in any order */
    public static DjangoLevel of(List<String> recorded) {
        String last = recorded.stream().max(DjangoLevel::byNumber).orElse("");
        Optional<String> unknown = recorded.stream()
                .filter(name -> number(name) > BASE && !KNOWN.contains(name))
                .max(DjangoLevel::byNumber);
        // Below 0018 only the number counts; the names do not matter here.
        Optional<String> missing = KNOWN.stream()
                .filter(name -> number(name) > BASE && number(name) < number(last) && !recorded.contains(name))
                .findFirst();
        return new DjangoLevel(number(last), last, unknown, missing);
    }

    private static int byNumber(String one, String other) {
        int order = Integer.compare(number(one), number(other));
        return order != 0 ? order : one.compareTo(other);
    }

    /** The number at the beginning of a migration's name; 0 for a name without one, such as a squashed migration's. */
    private static int number(String name) {
        int digits = 0;
        while (digits < name.length() && digits < 9 && Character.isDigit(name.charAt(digits))) {
            digits++;
        }
        return digits == 0 ? 0 : Integer.parseInt(name.substring(0, digits));
    }

    /** The reason why a database at this level cannot be taken over, in one sentence. */
    public Optional<String> refusal() {
        return unknown.map(
                        name -> ("Django llegó a %s, y este programa conoce hasta %s; hace falta una versión de este "
                                        + "programa que la conozca.")
                                .formatted(name, KNOWN.getLast()))
                .or(() -> missing.map(
                        absent -> ("Django dice haber aplicado %s sin %s; aplica antes con Django las que faltan.")
                                .formatted(name, absent)));
    }
}
