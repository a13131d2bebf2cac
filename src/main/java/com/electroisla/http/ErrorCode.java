package com.electroisla.http;

/**
 * Every refusal that a caller can get: its stable code and its HTTP status. Its text for people is in the bundle
 * {@code mensajes} under the constant's name, in Spanish and English. Codes never change; clients switch on them.
 */
public enum ErrorCode {
    INVALID_REQUEST("solicitud_invalida", 400),
    INVALID_JSON("json_invalido", 400),
    /** The fault is outside the body: in the address, the method line or a header. */
    MALFORMED_REQUEST("peticion_malformada", 400),
    CART_EMPTY("carrito_vacio", 400),
    CART_FULL("carrito_lleno", 400),
    /** A state that does not follow the order's present one. */
    ORDER_STATE_IMPOSSIBLE("estado_imposible", 400),
    LAST_ADMIN("ultimo_admin", 400),
    ACCOUNT_PRIVILEGED("cuenta_privilegiada", 400),
    /** Adding to the cart: the answer carries {@code available} and {@code requested}. */
    NOT_ENOUGH_FOR_CART("stock_insuficiente", 400),
    /** Adding more units of one product than a buyer can hold: the answer carries {@code tope}. */
    UNIT_CAP_FOR_CART("tope_unidades", 400),
    /** A way to pay that this shop does not have: the answer carries those it has, {@code metodos}. */
    METHOD_UNAVAILABLE("metodo_no_disponible", 400),
    /** A way to pay that is an order and no payment: the answer carries the call, {@code ruta}. */
    METHOD_HAS_NO_PROVIDER("metodo_no_disponible", 400),
    /** A provider's event without its signature, or an old one. */
    EVENT_UNSIGNED("firma_invalida", 400),
    /** A provider's event that is signed, and not in the agreed form. */
    EVENT_UNREADABLE("evento_ilegible", 400),
    /** A mailed code that is wrong, ended or was never sent. */
    INVALID_CODE("codigo_invalido", 400),
    INVALID_CREDENTIALS("credenciales_invalidas", 401),
    NOT_SIGNED_IN("no_autenticado", 401),
    /** The password was right; the account has a second factor, whose code is sent as {@code codigo}. */
    SECOND_FACTOR_NEEDED("segundo_factor_requerido", 401),
    SECOND_FACTOR_WRONG("segundo_factor_incorrecto", 401),
    INVALID_REFRESH_TOKEN("refresh_invalido", 401),
    FORBIDDEN("prohibido", 403),
    /** The admins require a second factor, which the account sets up on the shop's pages. */
    SECOND_FACTOR_MISSING("segundo_factor_por_activar", 403),
    HISTORY_KEPT("historial_intocable", 403),
    /** A form without the token of its page. */
    FORM_EXPIRED("formulario_caducado", 403),
    NOT_FOUND("no_encontrado", 404),
    PRODUCT_NOT_FOUND("producto_no_encontrado", 404),
    CART_LINE_NOT_FOUND("linea_no_encontrada", 404),
    ORDER_NOT_FOUND("pedido_no_encontrado", 404),
    PAYMENT_NOT_FOUND("pago_no_encontrado", 404),
    NO_RESERVATIONS("sin_reservas", 404),
    PAGE_NOT_FOUND("pagina_no_encontrada", 404),
    METHOD_NOT_ALLOWED("metodo_no_permitido", 405),
    NOT_ACCEPTABLE("no_aceptable", 406),
    /** The request, or its body, took too long to arrive. */
    REQUEST_TIMEOUT("solicitud_lenta", 408),
    USERNAME_TAKEN("usuario_ya_existe", 409),
    EMAIL_TAKEN("correo_ya_existe", 409),
    /** Checkout: the answer carries {@code productos}. */
    NOT_ENOUGH_STOCK("stock_insuficiente", 409),
    /** Payment of units that do not exist, whatever the holds say: the answer carries {@code productos}. */
    UNITS_MISSING("stock_insuficiente", 409),
    /** The product has no valid price; at checkout and payment the answer carries {@code productos}. */
    NOT_FOR_SALE("no_vendible", 409),
    /** Payment: the answer carries {@code productos}. */
    RESERVATION_EXPIRED("reserva_expirada", 409),
    AMOUNT_TOO_LARGE("importe_excesivo", 409),
    /** Payment of a wrong sum: the answer carries the right {@code importe}. */
    AMOUNT_DIFFERS("importe_distinto", 409),
    /** A payment keeps the holds: the answer carries it as {@code pago}. */
    PAYMENT_UNDER_WAY("pago_en_curso", 409),
    /** Checkout of more units of a product than one buyer may hold: the answer carries {@code tope}. */
    TOO_MANY_UNITS_TO_HOLD("tope_unidades", 409),
    /** The method is paid at a provider, in a call of its own: the answer carries its {@code ruta}. */
    PAYMENT_BY_PROVIDER("pago_por_proveedor", 409),
    PAYMENT_PAID("pago_pagado", 409),
    FAVORITES_FULL("favoritos_llenos", 409),
    ORDER_NOT_CANCELLABLE("pedido_no_cancelable", 409),
    PRODUCT_NEEDED("producto_en_uso", 409),
    CHANGED_MEANWHILE("cambiado_entretanto", 409),
    BODY_TOO_LARGE("cuerpo_demasiado_grande", 413),
    URL_TOO_LONG("url_demasiado_larga", 414),
    UNSUPPORTED_MEDIA_TYPE("tipo_no_soportado", 415),
    /** The request names a host that is not this shop's. */
    UNKNOWN_HOST("sitio_desconocido", 421),
    IDEMPOTENCY_KEY_REUSED("clave_reutilizada", 422),
    TOO_MANY_REQUESTS("limite_excedido", 429),
    HEADERS_TOO_LARGE("cabeceras_demasiado_grandes", 431),
    INTERNAL_ERROR("error_interno", 500),
    BUSY("servicio_ocupado", 503),
    DATABASE_UNAVAILABLE("base_de_datos_no_disponible", 503),
    /** The payment's provider does not answer; nothing was charged. */
    PROVIDER_UNAVAILABLE("proveedor_no_disponible", 503),
    /** The work exceeded its time limit; the database is well. */
    TOOK_TOO_LONG("tardo_demasiado", 504),
    /**
     * The link broke during COMMIT and the outcome could not be looked up; a repetition with the idempotency key will
     * tell.
     */
    OUTCOME_UNKNOWN("resultado_desconocido", 503);

    private final String code;
    private final int status;

    ErrorCode(String code, int status) {
        this.code = code;
        this.status = status;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }
}
