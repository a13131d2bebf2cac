package com.electroisla.shopfront;

import com.electroisla.order.PaymentMethod;
import com.electroisla.pages.Words;
import com.electroisla.payment.Payment;
import com.electroisla.payment.provider.OfferedMethods;
import com.electroisla.payment.provider.PaymentProvider;
import com.electroisla.payment.provider.TestProvider;
import com.electroisla.reservation.history.CheckoutHolds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buyer's holds, their remaining time, and the form that pays for them.
 *
 * @param over whether they have expired and cannot be paid any more
 * @param expiresAt when they end or ended; null when there are none
 * @param payment the payment that keeps them, in place of the form; null when there is none
 * @param form the values typed before
 * @param ways the ways to pay
 * @param providers by whom a card is charged; empty when there is no choice
 * @param problem why a payment was refused; empty at first
 */
public record CheckoutView(
        List<CheckoutHolds.Line> lines,
        BigDecimal total,
        int units,
        boolean over,
        long secondsLeft,
        @Nullable Instant expiresAt,
        @Nullable Payment payment,
        PaymentForm form,
        List<Way> ways,
        List<Way> providers,
        String problem) {

    /** @param text a sentence about it */
    public record Way(String word, String name, String text, boolean chosen) {}

    public static CheckoutView of(
            CheckoutHolds holds,
            @Nullable Payment payment,
            PaymentForm form,
            OfferedMethods offered,
            Words words,
            String problem) {
        return new CheckoutView(
                holds.lines(),
                holds.total(),
                holds.units(),
                holds.isOver(),
                holds.secondsLeft(),
                holds.expiresAt().orElse(null),
                payment,
                form,
                ways(form, offered, words),
                providers(form, offered, words),
                problem);
    }

    private static List<Way> ways(PaymentForm form, OfferedMethods offered, Words words) {
        String chosen = offered.words().contains(form.method())
                ? form.method()
                : offered.words().getFirst();
        return offered.all().stream()
                .map(method -> new Way(
                        method.word(),
                        words.text("pago_" + method.word()),
                        sentence(method, offered, words),
                        method.word().equals(chosen)))
                .toList();
    }

    private static String sentence(PaymentMethod method, OfferedMethods offered, Words words) {
        boolean test = offered.providers().stream().anyMatch(TestProvider.class::isInstance);
        return switch (method) {
            case CASH -> words.text("efectivo_texto");
            case TRANSFER -> words.text("transferencia_texto");
            case CARD -> words.text(test ? "pago_tarjeta_prueba" : "pago_tarjeta_texto");
        };
    }

    private static List<Way> providers(PaymentForm form, OfferedMethods offered, Words words) {
        List<PaymentProvider> all = offered.providers();
        return all.size() < 2
                ? List.of()
                : all.stream()
                        .map(each -> new Way(
                                each.name(),
                                words.text("pago_proveedor_" + each.name()),
                                "",
                                form.isProvider(each.name())))
                        .toList();
    }
}
