package com.electroisla.payment.provider;

import com.electroisla.payment.Charge;
import com.electroisla.payment.Payment;
import com.electroisla.payment.ProviderWord;
import com.electroisla.payment.Refund;
import com.electroisla.settings.PaymentSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Stripe Checkout. A payment of ours is one of its sessions, whose {@code client_reference_id} is our payment's number;
 * the session's payment intent is the charge. A declined card leaves the session open, so only its end is a refusal.
 */
final class StripeProvider implements PaymentProvider {
    static final String NAME = "stripe";
    static final URI API = URI.create("https://api.stripe.com");

    private static final Duration WINDOW = Duration.ofMinutes(5);
    /** Stripe keeps a page open for half an hour at least, and this much later a payment may be sent there. */
    private static final Duration SHORTEST_PAGE = Duration.ofMinutes(34);
    /** Stripe's day, less the difference of two clocks. */
    private static final Duration LONGEST_PAGE = Duration.ofMinutes(24 * 60 - 5);

    private static final String EVENTS = "checkout.session.";

    private final StripeApi api;
    private final PaymentSettings.Provider.Stripe keys;
    private final Currency currency;

    /** @param address another one than {@link #API} for tests only */
    StripeProvider(ProviderHttp http, URI address, PaymentSettings.Provider.Stripe keys, Currency currency) {
        this.api = new StripeApi(http, address, keys.key().value());
        this.keys = keys;
        this.currency = currency;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean chargesAtOnce() {
        return false;
    }

    @Override
    public PaymentPage begin(Payment payment, ReturnAddresses back) {
        String number = Long.toString(payment.id());
        var product = LineItem.PriceData.ProductData.builder()
                .setName("Electro Isla · " + number)
                .build();
        var price = LineItem.PriceData.builder()
                .setCurrency(currency.getCurrencyCode().toLowerCase(Locale.ROOT))
                .setUnitAmount(units(payment.amount()))
                .setProductData(product)
                .build();
        var params = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .addPaymentMethodType(SessionCreateParams.PaymentMethodType.CARD)
                .setClientReferenceId(number)
                .putMetadata("pago", number)
                .setPaymentIntentData(SessionCreateParams.PaymentIntentData.builder()
                        .putMetadata("pago", number)
                        .build())
                .addLineItem(
                        LineItem.builder().setQuantity(1L).setPriceData(price).build())
                .setSuccessUrl(back.afterwards().toString())
                .setCancelUrl(back.leftOff().toString())
                .setExpiresAt(pageEnd(payment).getEpochSecond())
                .build();
        // The time is in the key because numbers come again when a backup is restored.
        Session session =
                api.begin(params, "pago-" + number + "-" + payment.createdAt().toEpochMilli());
        String url = session.getUrl();
        String reference = session.getId();
        if (url == null || !url.startsWith("https://") || reference == null || !ProviderJson.isName(reference)) {
            throw new ProviderUnavailable(NAME, "a session without id or address");
        }
        return new PaymentPage(reference, url);
    }

    private long units(BigDecimal amount) {
        try {
            return MinorUnits.of(amount, currency);
        } catch (ArithmeticException notInThisCurrency) {
            throw new ProviderRefused(NAME, "an amount that the currency does not have");
        }
    }

    /** From the payment alone, so that a repetition asks for the same. */
    private static Instant pageEnd(Payment payment) {
        Instant earliest = payment.createdAt().plus(SHORTEST_PAGE);
        Instant latest = payment.createdAt().plus(LONGEST_PAGE);
        Instant wanted = payment.expiresAt();
        return wanted.isBefore(earliest) ? earliest : wanted.isAfter(latest) ? latest : wanted;
    }

    @Override
    public Heard verify(Map<String, String> headers, byte[] body, Instant now) {
        Optional<Signature> signature = Signature.parse(Signature.header(headers, "Stripe-Signature"), "t");
        if (signature.isEmpty()) {
            return new Heard.Unsigned("stripe: no Stripe-Signature with one t and a v1");
        }
        byte[] expected = Signature.hash(
                Signature.bytes(keys.events().value()),
                Signature.bytes(signature.get().stamp() + "."),
                body);
        if (!signature.get().has(expected)) {
            return new Heard.Unsigned("stripe: signed with another secret, or other bytes");
        }
        if (!signature.get().isWithin(WINDOW, now)) {
            return new Heard.Unsigned("stripe: signed too long ago, or in the future");
        }
        return ProviderJson.read(body).map(this::heard).orElseGet(() -> new Heard.Unreadable("stripe: no JSON object"));
    }

    private Heard heard(JsonNode event) {
        JsonNode session = event.path("data").path("object");
        String type = ProviderJson.text(event, "type");
        Optional<Long> payment = ProviderJson.payment(ProviderJson.text(session, "client_reference_id"));
        if (!type.startsWith(EVENTS) || payment.isEmpty()) {
            return new Heard.Nothing();
        }
        return switch (type.substring(EVENTS.length())) {
            case "completed", "async_payment_succeeded" ->
                ProviderJson.text(session, "payment_status").equals("paid")
                        ? paid(session, payment.get())
                        : new Heard.Nothing();
            case "async_payment_failed", "expired" -> word(session, new ProviderWord.Refused(payment.get()));
            default -> new Heard.Nothing();
        };
    }

    private Heard paid(JsonNode session, long payment) {
        JsonNode total = session.path("amount_total");
        String charge = ProviderJson.text(session, "payment_intent");
        if (!total.isIntegralNumber() || !total.canConvertToLong() || !ProviderJson.isName(charge)) {
            return new Heard.Unreadable("stripe: a paid session without amount or charge");
        }
        return word(
                session,
                new ProviderWord.Paid(
                        payment, charge, amount(total.longValue(), ProviderJson.text(session, "currency"))));
    }

    private static Heard word(JsonNode session, ProviderWord word) {
        return new Heard.Word(
                word, Optional.of(ProviderJson.text(session, "id")).filter(reference -> !reference.isEmpty()));
    }

    /** Money in another currency is none of the sum that was asked for. */
    private BigDecimal amount(long units, String code) {
        return MinorUnits.isOf(currency, code)
                ? ProviderJson.most(MinorUnits.amount(units, currency))
                : BigDecimal.ZERO;
    }

    @Override
    public Optional<ProviderWord> ask(Payment payment) {
        String reference = payment.reference();
        if (reference == null) {
            // Nobody got the address of a page, so nobody can have paid.
            return Optional.empty();
        }
        Session session = api.session(reference);
        if (!reference.equals(session.getId())) {
            throw new ProviderUnavailable(NAME, "another session than the one asked for");
        }
        if ("paid".equals(session.getPaymentStatus())) {
            String charge = session.getPaymentIntent();
            Long total = session.getAmountTotal();
            String code = session.getCurrency();
            if (charge == null || total == null || code == null || !ProviderJson.isName(charge)) {
                throw new ProviderUnavailable(NAME, "a paid session without amount or charge");
            }
            return Optional.of(new ProviderWord.Paid(payment.id(), charge, amount(total, code)));
        }
        return "expired".equals(session.getStatus())
                ? Optional.of(new ProviderWord.Refused(payment.id()))
                : Optional.empty();
    }

    /** Events of Stripe say it all. */
    @Override
    public Optional<ProviderWord> askAbout(String charge) {
        return Optional.empty();
    }

    @Override
    public Refunding refund(Refund refund, Charge charge) {
        if (!charge.name().startsWith("pi_") || refund.amount().signum() <= 0) {
            return new Refunding.Impossible("no charge of Stripe's, or no amount");
        }
        try {
            var made = api.refund(charge.name(), refund.id())
                    .orElseGet(() -> api.makeRefund(charge.name(), units(refund.amount()), refund.id()));
            return refunding(made.getId(), made.getStatus());
        } catch (ProviderRefused refused) {
            return new Refunding.Impossible(String.valueOf(refused.getMessage()));
        }
    }

    private static Refunding refunding(String reference, String status) {
        if (reference == null || status == null) {
            throw new ProviderUnavailable(NAME, "a refund without id or state");
        }
        return switch (status) {
            case "succeeded" -> new Refunding.Done(reference);
            case "failed", "canceled" -> new Refunding.Impossible("refund " + reference + " " + status);
            default -> new Refunding.Requested(reference);
        };
    }
}
