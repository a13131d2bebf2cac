package com.electroisla.payment.provider;

import com.electroisla.payment.Charge;
import com.electroisla.payment.Payment;
import com.electroisla.payment.ProviderWord;
import com.electroisla.payment.Refund;
import com.electroisla.settings.PaymentSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Mercado Pago's Checkout Pro. A payment of ours is one of its preferences, whose {@code external_reference} is our
 * payment's number; each try of the buyer is one of its payments, which is a charge once it is approved. An event names
 * such a payment and says nothing of it, so it is asked about.
 */
final class MercadoPagoProvider implements PaymentProvider {
    static final String NAME = "mercadopago";
    static final URI API = URI.create("https://api.mercadopago.com");

    private static final Duration WINDOW = Duration.ofMinutes(5);
    /** A clock there and one here. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);
    private static final String APPROVED = "approved";
    /** A bank's slip or a machine takes days. */
    private static final List<String> TOO_SLOW = List.of("ticket", "atm");

    private final ProviderHttp http;
    private final URI api;
    private final PaymentSettings.Provider.MercadoPago keys;
    private final Optional<Currency> currency;

    /** @param api another address than {@link #API} for tests only */
    MercadoPagoProvider(
            ProviderHttp http, URI api, PaymentSettings.Provider.MercadoPago keys, Optional<Currency> currency) {
        this.http = http;
        this.api = api;
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
        String key = "pago-" + payment.id() + "-" + payment.createdAt().toEpochMilli();
        JsonNode preference = done(
                call("POST", "/checkout/preferences", key, preference(payment, back)), MercadoPagoProvider::refusal);
        String url = ProviderJson.text(preference, "init_point");
        String reference = ProviderJson.text(preference, "id");
        if (!url.startsWith("https://") || !ProviderJson.isName(reference)) {
            throw new ProviderUnavailable(NAME, "a preference without id or address");
        }
        return new PaymentPage(reference, url);
    }

    private ObjectNode preference(Payment payment, ReturnAddresses back) {
        ObjectNode preference = ProviderJson.MAPPER.createObjectNode();
        ObjectNode item = preference.putArray("items").addObject();
        item.put("id", "pago-" + payment.id());
        item.put("title", "Electro Isla · " + payment.id());
        item.put("quantity", 1);
        item.put("unit_price", payment.amount());
        currency.ifPresent(known -> item.put("currency_id", known.getCurrencyCode()));
        preference.put("external_reference", Long.toString(payment.id()));
        ObjectNode urls = preference.putObject("back_urls");
        urls.put("success", back.afterwards().toString());
        urls.put("pending", back.afterwards().toString());
        urls.put("failure", back.leftOff().toString());
        if ("https".equals(back.afterwards().getScheme())) {
            preference.put("auto_return", APPROVED);
        }
        preference.put("expires", true);
        preference.put("expiration_date_from", time(payment.createdAt()));
        preference.put("expiration_date_to", time(payment.expiresAt()));
        var excluded = preference.putObject("payment_methods").putArray("excluded_payment_types");
        TOO_SLOW.forEach(type -> excluded.addObject().put("id", type));
        return preference;
    }

    private static String time(Instant instant) {
        return TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    @Override
    public Heard verify(Map<String, String> headers, byte[] body, Instant now) {
        Optional<Signature> signature = Signature.parse(Signature.header(headers, "x-signature"), "ts");
        if (signature.isEmpty()) {
            return new Heard.Unsigned("mercadopago: no x-signature with one ts and a v1");
        }
        // The name comes from the body, and only the signature makes it Mercado Pago's.
        Optional<JsonNode> event = ProviderJson.read(body);
        String charge =
                event.map(known -> ProviderJson.text(known, "data", "id")).orElse("");
        String request = Signature.header(headers, "x-request-id").strip();
        String manifest = (charge.isEmpty() ? "" : "id:" + charge.toLowerCase(Locale.ROOT) + ";")
                + (request.isEmpty() ? "" : "request-id:" + request + ";") + "ts:"
                + signature.get().stamp() + ";";
        if (!signature.get().has(Signature.hash(Signature.bytes(keys.events().value()), Signature.bytes(manifest)))) {
            return new Heard.Unsigned("mercadopago: signed with another secret, or other words");
        }
        if (!signature.get().isWithin(WINDOW, now)) {
            return new Heard.Unsigned("mercadopago: signed too long ago, or in the future");
        }
        if (event.isEmpty()) {
            return new Heard.Unreadable("mercadopago: no JSON object");
        }
        return ProviderJson.text(event.get(), "type").equals("payment") && isCharge(charge)
                ? new Heard.AskAbout(charge)
                : new Heard.Nothing();
    }

    private static boolean isCharge(String text) {
        return text.matches("[1-9][0-9]{0,19}");
    }

    @Override
    public Optional<ProviderWord> askAbout(String charge) {
        if (!isCharge(charge)) {
            return Optional.empty();
        }
        ProviderHttp.Response response = call("GET", "/v1/payments/" + charge, "", null);
        if (response.status() == 404) {
            return Optional.empty();
        }
        JsonNode found = done(response, MercadoPagoProvider::notUnderstood);
        if (!ProviderJson.text(found, "id").equals(charge)) {
            throw new ProviderUnavailable(NAME, "another payment than the one asked for");
        }
        return word(found);
    }

    /** Of several tries the one that paid, else the last one if none is undecided. */
    @Override
    public Optional<ProviderWord> ask(Payment payment) {
        JsonNode found = done(
                call(
                        "GET",
                        "/v1/payments/search?sort=date_created&criteria=desc&limit=50&external_reference="
                                + payment.id(),
                        "",
                        null),
                MercadoPagoProvider::notUnderstood);
        if (!found.path("results").isArray()) {
            throw new ProviderUnavailable(NAME, "a search without results");
        }
        List<JsonNode> tries = new ArrayList<>();
        for (JsonNode one : found.path("results")) {
            boolean ours = ProviderJson.text(one, "external_reference").equals(Long.toString(payment.id()));
            if (ours && isNotOlder(one, payment.createdAt().minus(CLOCKS_APART))) {
                tries.add(one);
            }
        }
        Optional<ProviderWord> paid = tries.stream()
                .map(this::word)
                .flatMap(Optional::stream)
                .filter(ProviderWord.Paid.class::isInstance)
                .findFirst();
        boolean open = tries.stream().anyMatch(one -> word(one).isEmpty());
        return paid.isPresent() || open || tries.isEmpty() ? paid : word(tries.getFirst());
    }

    /** A payment from before ours was begun belongs to something else with the same number. */
    private static boolean isNotOlder(JsonNode one, Instant begun) {
        try {
            return !OffsetDateTime.parse(ProviderJson.text(one, "date_created"))
                    .toInstant()
                    .isBefore(begun);
        } catch (DateTimeParseException unreadable) {
            throw new ProviderUnavailable(NAME, "a payment without its time");
        }
    }

    private Optional<ProviderWord> word(JsonNode charge) {
        Optional<Long> payment = ProviderJson.payment(ProviderJson.text(charge, "external_reference"));
        if (payment.isEmpty()) {
            return Optional.empty();
        }
        return switch (ProviderJson.text(charge, "status")) {
            case APPROVED -> Optional.of(paid(charge, payment.get()));
            case "rejected", "cancelled" -> Optional.of(new ProviderWord.Refused(payment.get()));
            default -> Optional.empty();
        };
    }

    private ProviderWord paid(JsonNode charge, long payment) {
        String name = ProviderJson.text(charge, "id");
        Optional<BigDecimal> amount = ProviderJson.amount(ProviderJson.text(charge, "transaction_amount"));
        if (!isCharge(name) || amount.isEmpty()) {
            throw new ProviderUnavailable(NAME, "an approved payment without id or amount");
        }
        String code = ProviderJson.text(charge, "currency_id");
        boolean ours = currency.map(known -> MinorUnits.isOf(known, code)).orElse(true);
        return new ProviderWord.Paid(payment, name, ours ? amount.get() : BigDecimal.ZERO);
    }

    @Override
    public Refunding refund(Refund refund, Charge charge) {
        if (!isCharge(charge.name()) || refund.amount().signum() <= 0) {
            return new Refunding.Impossible("no charge of Mercado Pago's, or no amount");
        }
        ObjectNode body = ProviderJson.MAPPER.createObjectNode().put("amount", refund.amount());
        ProviderHttp.Response response = call(
                "POST",
                "/v1/payments/" + charge.name() + "/refunds",
                "reembolso-" + refund.id() + "-" + charge.name(),
                body);
        if (response.status() == 400 || response.status() == 404 || response.status() == 422) {
            return new Refunding.Impossible("status " + response.status() + " " + code(response));
        }
        JsonNode made = done(response, MercadoPagoProvider::notUnderstood);
        String reference = ProviderJson.text(made, "id");
        if (!ProviderJson.isName(reference)) {
            throw new ProviderUnavailable(NAME, "a refund without id");
        }
        return switch (ProviderJson.text(made, "status")) {
            case APPROVED -> new Refunding.Done(reference);
            case "rejected", "cancelled" -> new Refunding.Impossible("refund " + reference + " was rejected");
            default -> new Refunding.Requested(reference);
        };
    }

    /** @param key empty: the call changes nothing */
    private ProviderHttp.Response call(String method, String path, String key, @Nullable ObjectNode body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + keys.key().value());
        headers.put("Accept", "application/json");
        if (!key.isEmpty()) {
            headers.put("Content-Type", "application/json");
            headers.put("X-Idempotency-Key", key);
            headers.put("X-Render-In-Process-Refunds", "true");
        }
        byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        return http.send(NAME, method, URI.create(api + path), headers, bytes);
    }

    private static JsonNode done(
            ProviderHttp.Response response, Function<ProviderHttp.Response, RuntimeException> refused) {
        if (response.isDone()) {
            return ProviderJson.read(response.body())
                    .orElseThrow(() -> new ProviderUnavailable(NAME, "an answer that is no JSON object"));
        }
        boolean understood = response.status() == 400 || response.status() == 422;
        throw understood ? refused.apply(response) : new ProviderUnavailable(NAME, "status " + response.status());
    }

    private static RuntimeException refusal(ProviderHttp.Response response) {
        return new ProviderRefused(NAME, "status " + response.status() + " " + code(response));
    }

    private static RuntimeException notUnderstood(ProviderHttp.Response response) {
        return new ProviderUnavailable(NAME, "status " + response.status());
    }

    /** The code of a fault, without its words. */
    private static String code(ProviderHttp.Response response) {
        return ProviderJson.read(response.body())
                .map(fault -> ProviderJson.text(fault.path("cause").path(0), "code"))
                .filter(code -> code.matches("[A-Za-z0-9_]{1,40}"))
                .orElse("");
    }
}
