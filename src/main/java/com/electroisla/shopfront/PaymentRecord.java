package com.electroisla.shopfront;

import com.electroisla.idempotency.KeptAnswer;
import com.electroisla.shopfront.PaymentOutcome.Refusal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A payment as it is kept under its form's key, for repetitions of the form: of an order its id and total, of a
 * refusal a word and its object.
 */
final class PaymentRecord {
    private static final int SOLD = 201;
    private static final int REFUSED = 409;

    /** Also matches the JSON of earlier releases, whose records are at most a day old. */
    private static final Pattern ORDER = Pattern.compile("[^0-9]*([0-9]+)[^0-9]+([0-9.]+).*");

    private PaymentRecord() {}

    /** The record of an outcome; empty for one that is not kept. */
    static Optional<KeptAnswer> of(PaymentOutcome outcome) {
        return switch (outcome) {
            case PaymentOutcome.Paid(long order, BigDecimal total) ->
                kept(SOLD, Long.toString(order), total.toPlainString());
            case PaymentOutcome.HoldsOver() -> kept(REFUSED, "reserva_expirada", "");
            case PaymentOutcome.NotAgreed(BigDecimal total) -> kept(REFUSED, "importe_distinto", total.toPlainString());
            case PaymentOutcome.Refused(Refusal why, String products) ->
                switch (why) {
                    case UNITS_MISSING -> kept(REFUSED, "stock_insuficiente", products);
                    case NOT_FOR_SALE -> kept(REFUSED, "no_vendible", products);
                    case AMOUNT_TOO_LARGE -> kept(REFUSED, "importe_excesivo", "");
                    case USER_GONE, PRODUCT_GONE -> Optional.empty();
                };
            case PaymentOutcome.Incomplete _,
                    PaymentOutcome.CardDeclined _,
                    PaymentOutcome.NotACard _,
                    PaymentOutcome.NothingAgreed _,
                    PaymentOutcome.OrderCancelled _,
                    PaymentOutcome.FormUsed _,
                    PaymentOutcome.Failed _ -> Optional.empty();
        };
    }

    /** The outcome of a record; {@code FormUsed} for a record that is none of these. */
    static PaymentOutcome read(KeptAnswer record) {
        String text = new String(record.body(), StandardCharsets.UTF_8);
        Matcher order = ORDER.matcher(text);
        if (record.status() == SOLD && order.matches()) {
            return new PaymentOutcome.Paid(Long.parseLong(order.group(1)), new BigDecimal(order.group(2)));
        }
        String about = text.substring(text.indexOf(' ') + 1);
        return switch (text.split(" ", 2)[0]) {
            case "reserva_expirada" -> new PaymentOutcome.HoldsOver();
            case "importe_distinto" -> new PaymentOutcome.NotAgreed(new BigDecimal(about));
            case "stock_insuficiente" -> new PaymentOutcome.Refused(Refusal.UNITS_MISSING, about);
            case "no_vendible" -> new PaymentOutcome.Refused(Refusal.NOT_FOR_SALE, about);
            case "importe_excesivo" -> new PaymentOutcome.Refused(Refusal.AMOUNT_TOO_LARGE, "");
            default -> new PaymentOutcome.FormUsed();
        };
    }

    private static Optional<KeptAnswer> kept(int status, String word, String about) {
        return Optional.of(new KeptAnswer(status, (word + " " + about).getBytes(StandardCharsets.UTF_8)));
    }
}
