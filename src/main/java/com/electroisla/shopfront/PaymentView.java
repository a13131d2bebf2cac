package com.electroisla.shopfront;

import com.electroisla.pages.Words;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.PaymentViewSql;
import com.electroisla.payment.Refund;
import com.electroisla.purchase.Seen;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment as its buyer sees it.
 *
 * @param css the class of the state's badge
 * @param says what became of it, in a sentence; empty where the refunds say it
 * @param alive whether it waits for its money
 * @param url where the buyer pays; null while the provider has not begun it
 * @param order what it bought; null for nothing
 * @param refunds what is owed back or was given back, in sentences
 * @param again whether its units can still be paid by another payment
 * @param lookAfter in how many seconds the page looks again; 0: it has nothing to wait for
 */
public record PaymentView(
        long id,
        String state,
        String css,
        String says,
        BigDecimal amount,
        boolean alive,
        Instant expiresAt,
        long secondsLeft,
        @Nullable String url,
        @Nullable Long order,
        List<String> refunds,
        List<PaymentViewSql.Bought> lines,
        boolean again,
        long lookAfter) {
    private static final Duration FIRST_MINUTE = Duration.ofMinutes(1);
    /** Money that comes late mostly comes soon. */
    private static final Duration WATCHED_AFTER_END = Duration.ofMinutes(10);

    private static final int OFTEN_SECONDS = 3;
    private static final int SELDOM_SECONDS = 15;

    /** @param held whether the buyer has units that can be paid now */
    public static PaymentView of(Seen seen, boolean held, Words words) {
        PaymentState state = seen.state();
        boolean again = held && state == PaymentState.REFUSED;
        return new PaymentView(
                seen.payment().id(),
                words.text("pago_es_" + state.word()),
                css(state),
                says(seen, again, words),
                seen.payment().amount(),
                state == PaymentState.BEGUN,
                seen.payment().expiresAt(),
                seen.secondsLeft(),
                seen.payment().url(),
                seen.payment().order(),
                seen.refunds().stream().map(refund -> refund(refund, words)).toList(),
                seen.lines(),
                again,
                lookAfter(seen));
    }

    private static String says(Seen seen, boolean again, Words words) {
        return switch (seen.state()) {
            case BEGUN -> words.text("pago_dice_iniciado");
            case PAID -> words.text(seen.late() ? "pago_dice_tarde" : "pago_dice_pagado");
            case REFUSED -> words.text(again ? "pago_dice_rechazado_vivo" : "pago_dice_rechazado");
            case CANCELLED -> words.text("pago_dice_cancelado");
            case LAPSED -> words.text("pago_dice_vencido");
            case REFUND_OWED, REFUNDED -> "";
        };
    }

    /** A refund in a sentence: how much and why, and how far it has come. */
    public static String refund(Refund refund, Words words) {
        String amount = words.money(refund.amount());
        String why = words.text("pago_debe_" + refund.reason().word(), amount);
        return switch (refund.state()) {
            case OWED -> why;
            case REQUESTED -> why + " " + words.text("pago_devolucion_pedida", amount);
            case DONE -> why + " " + words.text("pago_devuelto", amount);
        };
    }

    private static long lookAfter(Seen seen) {
        Duration age = Duration.between(seen.payment().createdAt(), seen.now());
        Duration over = Duration.between(seen.payment().expiresAt(), seen.now());
        return switch (seen.state()) {
            case BEGUN -> age.compareTo(FIRST_MINUTE) < 0 ? OFTEN_SECONDS : SELDOM_SECONDS;
            case LAPSED -> over.compareTo(WATCHED_AFTER_END) < 0 ? SELDOM_SECONDS : 0;
            case PAID, REFUSED, CANCELLED, REFUND_OWED, REFUNDED -> 0;
        };
    }

    private static String css(PaymentState state) {
        return switch (state) {
            case BEGUN, REFUND_OWED -> "ojo";
            case PAID, REFUNDED -> "bien";
            case REFUSED, CANCELLED, LAPSED -> "mal";
        };
    }
}
