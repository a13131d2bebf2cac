package com.electroisla.drill;

import com.electroisla.drill.ShopClient.Reply;
import com.electroisla.payment.provider.TestProvider;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The provider {@code prueba}, as the drill plays it: it signs, tells, and remembers what it told. */
final class PlayedProvider {
    /** {@code ELECTRO_ISLA_PRUEBA_SECRETO_EVENTOS} of the servers. */
    static final String SECRET = "secreto-del-simulacro";

    private static final String PATH = "/api/pagos/eventos/" + TestProvider.NAME + "/";

    private final TestProvider signer = new TestProvider(() -> SECRET.getBytes(StandardCharsets.UTF_8));
    private final Map<String, ToldCharge> told = new ConcurrentHashMap<>();

    byte[] paid(long payment, String charge, BigDecimal amount) {
        return event("{\"pago\": " + payment + ", \"tipo\": \"pagado\", \"importe\": \"" + amount.toPlainString()
                + "\", \"cobro\": \"" + charge + "\"");
    }

    byte[] refused(long payment) {
        return event("{\"pago\": " + payment + ", \"tipo\": \"rechazado\"");
    }

    private static byte[] event(String fields) {
        return (fields + ", \"evento\": \"" + UUID.randomUUID() + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** Remembers a charge before it is told, and that it was heard. */
    void told(ToldCharge charge) {
        told.merge(charge.name(), charge, (before, now) -> before.heard() ? before : now);
    }

    List<ToldCharge> told() {
        return new ArrayList<>(told.values());
    }

    Reply send(ShopClient client, int port, byte[] event) {
        return client.tell(port, PATH, Map.of(TestProvider.SIGNATURE_HEADER, signer.sign(event)), event);
    }
}
