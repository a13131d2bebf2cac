package com.electroisla.reservation;

/** The last checkouts of users, as the batch that pays for them and the pages that show them find them. */
public final class LastCheckoutSql {
    private LastCheckoutSql() {}

    /**
     * The users' last checkouts, as {@code c}; {@code a} tells which of them has pending holds. A renewed hold takes
     * the new checkout's number, so that all holds of a checkout have it. Ended holds are found by
     * {@code checkout_terminado}, which is the number once the hold is over. Pending holds without a number are the
     * old shop's, and newer than ended ones.
     */
    public static final String LAST_CHECKOUTS = """
             FROM unnest(:lastOf) AS u(id)
             CROSS JOIN LATERAL (
                   SELECT count(*) AS pendientes, max(checkout_id) AS checkout FROM stock_reservations
                    WHERE usuario_id = u.id AND status = 'pending' OFFSET 0) a
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN a.pendientes > 0 THEN a.checkout
                               ELSE (SELECT checkout_terminado FROM stock_reservations
                                      WHERE usuario_id = u.id AND status <> 'pending'
                                        AND checkout_terminado IS NOT NULL
                                      ORDER BY checkout_terminado DESC LIMIT 1) END AS id OFFSET 0) c
            """;
}
