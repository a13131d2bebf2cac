package com.electroisla.settings;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Every setting an operator can make, in the order of the reference page.
 *
 * <p>A value comes from a command-line flag ({@code --ttl}), then the environment ({@code ELECTRO_ISLA_TTL}), then the
 * file {@code .env} beside {@code manage}, then the default.
 */
public enum Setting {
    DATABASE_URL(
            "DATABASE_URL",
            "",
            "Base de datos PostgreSQL externa, "
                    + "postgresql://usuario:clave@host:puerto/base (con clave, solo en el entorno o "
                    + "en .env, nunca como opción); sin valor, la incluida"),
    HOME("ELECTRO_ISLA_HOME", "", "Carpeta de datos, claves y logs; sin valor, «var» junto a manage"),
    ZONE("ELECTRO_ISLA_ZONA", "America/Santo_Domingo", "Zona horaria de la tienda: páginas, días, informes"),
    URL(
            "ELECTRO_ISLA_URL",
            "",
            "Direcciones públicas, separadas por comas (como https://tienda.example); sin "
                    + "valor, solo nombres locales y direcciones IP"),
    SILENT_TRIGGERS(
            "ELECTRO_ISLA_SIN_DISPARADORES",
            "",
            "Si las conexiones del motor no disparan triggers donde "
                    + "el rol puede, «si» o «no»; sin valor, «si» con la base "
                    + "incluida y «no» con DATABASE_URL"),
    PAGE_SIZE(
            "ELECTRO_ISLA_PAGINA",
            "50",
            "Cuántas filas tiene una página de una lista cuando quien llama no dice page_size, de 1 a 5000"),
    MAIL(
            "ELECTRO_ISLA_CORREO",
            "",
            "Servidor de correo, smtp://usuario:clave@host:puerto o smtps://… (con clave, solo en el entorno o en "
                    + ".env, nunca como opción); sin valor, los correos se guardan y el panel los muestra"),
    MAIL_FROM(
            "ELECTRO_ISLA_CORREO_DE",
            "",
            "De quién son los correos (como Electro Isla <ventas@tienda.example>); sin valor, el usuario de "
                    + "ELECTRO_ISLA_CORREO, si es una dirección"),
    PAYMENTS(
            "ELECTRO_ISLA_PAGOS",
            "",
            "Quién cobra las tarjetas: stripe, mercadopago, los dos con coma, o prueba (no mueve dinero); sin valor, "
                    + "no se paga con tarjeta. La demo usa prueba"),
    STRIPE_KEY(
            "ELECTRO_ISLA_STRIPE_CLAVE",
            "",
            "Clave secreta de Stripe (sk_… o rk_…); solo en el entorno o en .env, nunca como opción"),
    STRIPE_EVENT_SECRET(
            "ELECTRO_ISLA_STRIPE_SECRETO_EVENTOS",
            "",
            "Secreto con el que Stripe firma sus eventos (whsec_…); solo en el entorno o en .env, nunca como opción"),
    MERCADO_PAGO_KEY(
            "ELECTRO_ISLA_MERCADOPAGO_CLAVE",
            "",
            "Access token de Mercado Pago; solo en el entorno o en .env, nunca como opción"),
    MERCADO_PAGO_EVENT_SECRET(
            "ELECTRO_ISLA_MERCADOPAGO_SECRETO_EVENTOS",
            "",
            "Clave secreta con la que Mercado Pago firma sus webhooks; solo en el entorno o en .env, nunca como "
                    + "opción"),
    TEST_EVENT_SECRET(
            "ELECTRO_ISLA_PRUEBA_SECRETO_EVENTOS",
            "",
            "Secreto con el que se firman los eventos de prueba; solo en el entorno o en .env, nunca como opción; "
                    + "sin valor, solo la propia página de prueba puede firmarlos"),
    CURRENCY(
            "ELECTRO_ISLA_MONEDA",
            "",
            "Moneda de los precios (ISO-4217, como DOP); sin valor, DOP en Stripe y la de la cuenta en Mercado Pago"),
    CARD_WINDOW(
            "ELECTRO_ISLA_PLAZO_TARJETA",
            "PT35M",
            "Cuánto retiene sus unidades un pago empezado con tarjeta (duración ISO-8601)"),
    TRANSFER_WINDOW(
            "ELECTRO_ISLA_PLAZO_TRANSFERENCIA",
            "PT48H",
            "Cuánto espera un pedido su transferencia antes de anularse, u «off»: no se anula"),
    CASH_WINDOW(
            "ELECTRO_ISLA_PLAZO_EFECTIVO",
            "off",
            "Cuánto espera un pedido su efectivo antes de anularse, u «off»: no se anula"),
    UNIT_CAP(
            "ELECTRO_ISLA_TOPE_UNIDADES",
            "off",
            "Cuántas unidades de un producto puede tener reservadas a la vez un comprador, u «off»: sin tope"),
    HOLD_AGE(
            "ELECTRO_ISLA_EDAD_RESERVA",
            "PT45M",
            "Hasta cuándo, desde la primera, se renueva una reserva sin pagar de las mismas unidades, u «off»: "
                    + "siempre"),
    TIME_TO_LIVE("ELECTRO_ISLA_TTL", "PT15M", "Cuánto dura una reserva (duración ISO-8601)"),
    SWEEP("ELECTRO_ISLA_BARRIDO", "PT1S", "Cada cuánto libera el servidor las reservas expiradas, o «off»"),
    ADD_LIMIT("ELECTRO_ISLA_LIMITE_AGREGAR", "30/PT1H", "Solicitudes a agregar por usuario, N/duración u «off»"),
    LOGIN_LIMIT(
            "ELECTRO_ISLA_LIMITE_LOGIN",
            "5/PT1M",
            "Fallos de login por usuario y por dirección, y de códigos enviados por correo, N/duración u «off»"),
    REGISTRATION_LIMIT(
            "ELECTRO_ISLA_LIMITE_REGISTRO",
            "10/PT1H",
            "Registros por dirección, y códigos pedidos por correo, N/duración u «off»"),
    GUEST_LIMIT(
            "ELECTRO_ISLA_LIMITE_INVITADOS",
            "60/PT1H",
            "Carritos nuevos de invitados por dirección, N/duración u «off»"),
    GUEST_HOLDS(
            "ELECTRO_ISLA_RESERVAS_INVITADOS",
            "10",
            "Cuántos invitados pueden tener a la vez una reserva sin pagar desde una dirección, y con un correo, "
                    + "o «off»: sin límite"),
    BATCH(
            "ELECTRO_ISLA_LOTE",
            "512",
            "Cuántas solicitudes confirma como mucho una transacción; más grande rinde más y bloquea más tiempo"),
    QUEUE(
            "ELECTRO_ISLA_COLA",
            "10000",
            "Cuántas solicitudes esperan como mucho; las demás reciben 503 con Retry-After"),
    WAIT(
            "ELECTRO_ISLA_ESPERA",
            "PT10S",
            "Cuánto espera como mucho una solicitud su turno; después, 503 con Retry-After"),
    KEEP_LOGIN_ATTEMPTS(
            "ELECTRO_ISLA_CONSERVAR_INTENTOS",
            "P90D",
            "Cuánto se conservan los intentos de inicio de "
                    + "sesión (duración ISO-8601 de un día o más), u "
                    + "«off»: siempre. En una base tomada de Django "
                    + "no se borra ninguno hasta que se fije; lo "
                    + "mismo vale para las tres siguientes"),
    KEEP_AUDIT(
            "ELECTRO_ISLA_CONSERVAR_AUDITORIA",
            "P1825D",
            "Cuánto se conserva el registro de auditoría, u «off»: siempre"),
    KEEP_CART_AUDIT(
            "ELECTRO_ISLA_CONSERVAR_CARRITOS",
            "P365D",
            "Cuánto se conserva el registro de los carritos (cart_audit_logs), u «off»: siempre"),
    KEEP_ORIGINS(
            "ELECTRO_ISLA_CONSERVAR_ORIGENES",
            "P90D",
            "Cuánto conserva una reserva la dirección IP y el navegador de su comprador, u «off»: siempre"),
    KEEP_MAILS(
            "ELECTRO_ISLA_CONSERVAR_CORREOS",
            "P90D",
            "Cuánto se conservan los correos enviados, fallidos y caducados, u «off»: siempre"),
    KEEP_GUESTS(
            "ELECTRO_ISLA_CONSERVAR_INVITADOS",
            "P30D",
            "Cuánto se conserva, desde su último uso, el carrito de un invitado que no compró, u «off»: siempre"),
    PROXIES("ELECTRO_ISLA_PROXIES", "", "CIDR, separados por comas, cuyos X-Forwarded-For se creen"),
    CORS("ELECTRO_ISLA_CORS", "", "Orígenes permitidos, separados por comas, para un frontend en otro sitio"),
    MEDIA(
            "ELECTRO_ISLA_MEDIA",
            "",
            "Carpeta de las imágenes subidas, también las de la tienda antigua, servida en /media/; "
                    + "sin valor, «media» dentro de ELECTRO_ISLA_HOME"),
    MANAGEMENT(
            "ELECTRO_ISLA_GESTION",
            "",
            "Dónde se sirven las métricas y la salud en detalle, DIRECCIÓN:PUERTO; "
                    + "sin valor, el primer puerto libre de 127.0.0.1:9000 a 9019");

    /** Never a flag: others on the machine see the arguments of a process. */
    private static final Set<Setting> SECRETS =
            EnumSet.of(STRIPE_KEY, STRIPE_EVENT_SECRET, MERCADO_PAGO_KEY, MERCADO_PAGO_EVENT_SECRET, TEST_EVENT_SECRET);

    private final String variable;
    private final String defaultValue;
    private final String description;

    Setting(String variable, String defaultValue, String description) {
        this.variable = variable;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** The environment variable's name. */
    public String variable() {
        return variable;
    }

    public String defaultValue() {
        return defaultValue;
    }

    /** One sentence for an operator, in Spanish. */
    public String description() {
        return description;
    }

    /** Whether nobody else may read the value. */
    public boolean isSecret() {
        return SECRETS.contains(this);
    }

    /** The command-line flag: {@code --database-url}, {@code --home}, {@code --limite-agregar}. */
    public String flag() {
        return "--"
                + variable.replace("ELECTRO_ISLA_", "").toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
