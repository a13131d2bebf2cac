package com.electroisla.shopfront;

import com.electroisla.database.Jsonb;
import com.electroisla.idempotency.KeptAnswer;
import com.electroisla.shopfront.PaymentOutcome.Refusal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payment as it is kept under its form's key, for repetitions of the form: of an order its id and total, of a
 * refusal its code and object.
 *
 * <p>The form of a record stays: during an update servers of two releases read each other's.
 */
final class PaymentRecord {
    private static final int SOLD = 201;
    private static final int REFUSED = 409;

    private PaymentRecord() {}

    record Placed(long pedido, BigDecimal total) {}

    /**
     * @param error words, which earlier releases show
     * @param importe the present sum; null where the sum is not the reason
     * @param productos the names of the products that are the reason; null in records of earlier releases
     */
    record Refused(
            String error,
            String code,
            @Nullable String importe,
            @Nullable String productos) {}

    /** The record of an outcome; empty for one that is not kept. */
    static Optional<KeptAnswer> of(PaymentOutcome outcome) {
        return switch (outcome) {
            case PaymentOutcome.Paid(long order, BigDecimal total) -> kept(SOLD, new Placed(order, total));
            case PaymentOutcome.HoldsOver() -> refused("reserva_expirada", null, "");
            case PaymentOutcome.NotAgreed(BigDecimal total) -> refused("importe_distinto", total.toPlainString(), "");
            case PaymentOutcome.Refused(Refusal why, String products) ->
                switch (why) {
                    case UNITS_MISSING -> refused("stock_insuficiente", null, products);
                    case NOT_FOR_SALE -> refused("no_vendible", null, products);
                    case AMOUNT_TOO_LARGE -> refused("importe_excesivo", null, "");
                    case USER_GONE, PRODUCT_GONE -> Optional.empty();
                };
            case PaymentOutcome.Incomplete _,
                    PaymentOutcome.Begun _,
                    PaymentOutcome.ProviderAway _,
                    PaymentOutcome.UnderWay _,
                    PaymentOutcome.MethodUnavailable _,
                    PaymentOutcome.NothingAgreed _,
                    PaymentOutcome.OrderCancelled _,
                    PaymentOutcome.FormUsed _,
                    PaymentOutcome.Failed _ -> Optional.empty();
        };
    }

    /**
     * The outcome of a record; {@code FormUsed} for a refusal that is none of these.
     *
     * @throws RuntimeException for a record that cannot be read, which may be of a sale
     */
    static PaymentOutcome read(KeptAnswer record) {
        String text = new String(record.body(), StandardCharsets.UTF_8);
        if (record.status() == SOLD) {
            Placed placed = Jsonb.read(text, Placed.class);
            return new PaymentOutcome.Paid(placed.pedido(), Objects.requireNonNull(placed.total()));
        }
        Refused refused = Jsonb.read(text, Refused.class);
        String products = Objects.requireNonNullElse(refused.productos(), "");
        return switch (refused.code()) {
            case "reserva_expirada" -> new PaymentOutcome.HoldsOver();
            case "importe_distinto" ->
                new PaymentOutcome.NotAgreed(new BigDecimal(Objects.requireNonNull(refused.importe())));
            case "stock_insuficiente" -> new PaymentOutcome.Refused(Refusal.UNITS_MISSING, products);
            case "no_vendible" -> new PaymentOutcome.Refused(Refusal.NOT_FOR_SALE, products);
            case "importe_excesivo" -> new PaymentOutcome.Refused(Refusal.AMOUNT_TOO_LARGE, "");
            default -> new PaymentOutcome.FormUsed();
        };
    }

    private static Optional<KeptAnswer> refused(String code, @Nullable String amount, String products) {
        return kept(REFUSED, new Refused(products.isEmpty() ? code : products, code, amount, products));
    }

    private static Optional<KeptAnswer> kept(int status, Object record) {
        return Optional.of(new KeptAnswer(status, Jsonb.text(record).getBytes(StandardCharsets.UTF_8)));
    }
}
