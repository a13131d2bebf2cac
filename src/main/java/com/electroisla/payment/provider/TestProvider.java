package com.electroisla.payment.provider;

import com.electroisla.payment.Charge;
import com.electroisla.payment.Payment;
import com.electroisla.payment.ProviderWord;
import com.electroisla.payment.Refund;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The provider {@code prueba}, which moves no money. Somebody plays it: the shop's own test page, or a test. What they
 * say of a charge is all there is: before it is said there is no charge, and afterwards the shop has it; so the
 * question never knows more, and a refund is done at once.
 */
public final class TestProvider implements PaymentProvider {
    public static final String NAME = "prueba";
    /** The header of an event's signature. */
    public static final String SIGNATURE_HEADER = "X-Firma";
    /** The path of the test page, before a payment's number. */
    public static final String PAGE = "/pagos/prueba/";

    private static final String PAID = "pagado";
    private static final String REFUSED = "rechazado";

    private final Supplier<byte[]> secret;

    /** @param secret asked for at each use */
    public TestProvider(Supplier<byte[]> secret) {
        this.secret = secret;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean chargesAtOnce() {
        return true;
    }

    @Override
    public PaymentPage begin(Payment payment, ReturnAddresses back) {
        return new PaymentPage(
                "prueba-" + payment.id(),
                back.shop() + PAGE + payment.id() + "?firma=" + sign(pageWords(payment.id())));
    }

    /** Whether the address of a test page was made here. */
    public boolean isPageOf(long payment, String signature) {
        return isSigned(pageWords(payment), signature);
    }

    /** The signature of an event. */
    public String sign(byte[] body) {
        return HexFormat.of().formatHex(Signature.hash(secret.get(), body));
    }

    private static byte[] pageWords(long payment) {
        return Signature.bytes("pagina " + payment);
    }

    private boolean isSigned(byte[] words, String signature) {
        byte[] expected = Signature.hash(secret.get(), words);
        return Signature.hex(signature)
                .map(given -> MessageDigest.isEqual(expected, given))
                .orElse(false);
    }

    @Override
    public Heard verify(Map<String, String> headers, byte[] body, Instant now) {
        if (!isSigned(body, Signature.header(headers, SIGNATURE_HEADER))) {
            return new Heard.Unsigned("prueba: no signature of the body");
        }
        return ProviderJson.read(body)
                .map(TestProvider::heard)
                .orElseGet(() -> new Heard.Unreadable("prueba: no JSON object"));
    }

    private static Heard heard(JsonNode event) {
        Optional<Long> payment = ProviderJson.payment(ProviderJson.text(event, "pago"));
        if (payment.isEmpty()) {
            return new Heard.Unreadable("prueba: «pago» is no number of a payment");
        }
        return switch (ProviderJson.text(event, "tipo")) {
            case PAID -> paid(event, payment.get());
            case REFUSED -> new Heard.Word(new ProviderWord.Refused(payment.get()), Optional.empty());
            default -> new Heard.Unreadable("prueba: «tipo» is neither pagado nor rechazado");
        };
    }

    private static Heard paid(JsonNode event, long payment) {
        Optional<BigDecimal> amount = ProviderJson.amount(ProviderJson.text(event, "importe"));
        if (amount.isEmpty() || amount.get().stripTrailingZeros().scale() > 2) {
            return new Heard.Unreadable("prueba: «importe» is no amount");
        }
        JsonNode named = event.path("cobro");
        String charge =
                named.isMissingNode() || named.isNull() ? Charge.onlyOneOf(payment) : ProviderJson.text(event, "cobro");
        if (!ProviderJson.isName(charge)) {
            return new Heard.Unreadable("prueba: «cobro» is no name");
        }
        return new Heard.Word(new ProviderWord.Paid(payment, charge, amount.get()), Optional.empty());
    }

    @Override
    public Optional<ProviderWord> ask(Payment payment) {
        return Optional.empty();
    }

    @Override
    public Optional<ProviderWord> askAbout(String charge) {
        return Optional.empty();
    }

    @Override
    public Refunding refund(Refund refund, Charge charge) {
        return new Refunding.Done("prueba-reembolso-" + refund.id());
    }
}
