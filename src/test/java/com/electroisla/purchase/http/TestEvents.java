package com.electroisla.purchase.http;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The events of the provider {@code prueba}, signed as the contract says, by code of its own. */
public final class TestEvents {
    public static final String SECRET = "el_secreto_de_los_eventos";

    private final String secret;

    public TestEvents(String secret) {
        this.secret = secret;
    }

    /** The payment's one charge. */
    public Response paid(long payment, String amount) {
        return send("{\"pago\":" + payment + ",\"tipo\":\"pagado\",\"importe\":\"" + amount + "\",\"evento\":\""
                + UUID.randomUUID() + "\"}");
    }

    public Response paid(long payment, String amount, String charge) {
        return send("{\"pago\":" + payment + ",\"tipo\":\"pagado\",\"importe\":\"" + amount + "\",\"evento\":\""
                + UUID.randomUUID() + "\",\"cobro\":\"" + charge + "\"}");
    }

    public Response refused(long payment) {
        return send("{\"pago\":" + payment + ",\"tipo\":\"rechazado\",\"evento\":\"" + UUID.randomUUID() + "\"}");
    }

    public Response send(String body) {
        return RestAssured.given()
                .contentType("application/json")
                .header("X-Firma", sign(body))
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/pagos/eventos/prueba/");
    }

    public String sign(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
