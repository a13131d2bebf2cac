package com.electroisla.bench.http;

import java.nio.charset.StandardCharsets;

/**
 * One call of a buyer.
 *
 * @param body JSON without tabs or line breaks; empty for none
 */
record Call(String method, String path, String body) {
    static final Call WHO_AM_I = new Call("GET", "/api/quien-soy/", "");
    static final Call CHECKOUT = new Call("POST", "/api/carrito/checkout/", "");
    static final Call PAY = new Call(
            "POST",
            "/api/pedidos/",
            "{\"metodo_pago\":\"transferencia\",\"direccion_entrega\":\"Calle "
                    + "1\",\"telefono\":\"3000000000\",\"notas\":\"\"}");

    static Call add(long product) {
        return new Call("POST", "/api/carrito/agregar/", "{\"product_id\":" + product + ",\"quantity\":1}");
    }

    /** The whole request as it goes over the wire; the body is ASCII. */
    byte[] bytes(String token) {
        return (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                        + (body.isEmpty() ? "" : "\r\nContent-Type: application/json")
                        + (method.equals("GET") ? "" : "\r\nContent-Length: " + body.length()) + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
