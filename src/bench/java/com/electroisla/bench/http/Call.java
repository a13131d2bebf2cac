package com.electroisla.bench.http;

import com.electroisla.payment.provider.TestProvider;
import com.electroisla.rig.Program;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call of a buyer.
 *
 * @param body JSON without tabs or line breaks; empty for none
 */
record Call(String method, String path, String body) {
    private static final TestProvider PROVIDER =
            new TestProvider(() -> Program.EVENT_SECRET.getBytes(StandardCharsets.US_ASCII));
    private static final Pattern BEGUN = Pattern.compile("\\{\"id\":(\\d+),.*\"importe\":\"([0-9.]+)\".*}");

    static final Call WHO_AM_I = new Call("GET", "/api/quien-soy/", "");
    static final Call CHECKOUT = new Call("POST", "/api/carrito/checkout/", "");
    static final Call PAY = new Call(
            "POST",
            "/api/pedidos/",
            "{\"metodo_pago\":\"transferencia\",\"direccion_entrega\":\"Calle "
                    + "1\",\"telefono\":\"3000000000\",\"notas\":\"\"}");

    static final Call BEGIN = new Call("POST", "/api/pagos/", PAY.body.replace("transferencia", "tarjeta"));
    /** The money of the payment that was begun before; its body is made of the answer to that. */
    static final Call TELL = new Call("POST", "/api/pagos/eventos/" + TestProvider.NAME + "/", "");

    /** The call as it is after this answer. */
    Call after(String answer) {
        if (!path.equals(TELL.path)) {
            return this;
        }
        Matcher begun = BEGUN.matcher(answer);
        if (!begun.matches()) {
            throw new IllegalStateException("no payment was begun: " + answer);
        }
        return new Call(
                method,
                path,
                "{\"pago\":" + begun.group(1) + ",\"tipo\":\"pagado\",\"importe\":\"" + begun.group(2)
                        + "\",\"evento\":\"e\"}");
    }

    static Call add(long product) {
        return new Call("POST", "/api/carrito/agregar/", "{\"product_id\":" + product + ",\"quantity\":1}");
    }

    /** The whole request as it goes over the wire; the body is ASCII. */
    byte[] bytes(String token) {
        String who = path.equals(TELL.path)
                ? TestProvider.SIGNATURE_HEADER + ": " + PROVIDER.sign(body.getBytes(StandardCharsets.US_ASCII))
                : "Authorization: Bearer " + token;
        return (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + who
                        + (body.isEmpty() ? "" : "\r\nContent-Type: application/json")
                        + (method.equals("GET") ? "" : "\r\nContent-Length: " + body.length()) + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
