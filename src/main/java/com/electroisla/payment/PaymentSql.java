package com.electroisla.payment;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Statements on {@code pagos} and {@code lineas_pago}: what a batch writes, and what is read of one payment. */
public final class PaymentSql {
    static final String COLUMNS =
            "p.id, p.usuario_id, p.checkout_id, p.estado, p.proveedor, p.referencia, p.url, p.importe, p.metodo_pago, "
                    + "p.direccion_entrega, p.telefono, p.notas, p.idioma, p.clave, p.vence, p.creado_at, "
                    + "p.actualizado_at, p.preguntado_at, p.pedido_id";

    private PaymentSql() {}

    /** Inserts payments, whose ids are drawn already, with their lines. */
    public static void insertAll(Script updates, List<Payment> payments, List<PaymentLine> lines, Instant now) {
        if (payments.isEmpty()) {
            return;
        }
        updates.add("""
                        INSERT INTO pagos (id, usuario_id, checkout_id, estado, proveedor, importe, metodo_pago,
                               direccion_entrega, telefono, notas, idioma, clave, vence, creado_at, actualizado_at,
                               pedido_id)
                        SELECT id, usuario, checkout, estado, proveedor, importe, metodo, direccion, telefono, notas,
                               idioma, clave, vence::timestamptz, :now, :now, pedido
                          FROM unnest(:newPayments, :payers, :paidCheckouts, :paymentStates, :providers,
                            :paymentAmounts, :paymentMethods, :paymentAddresses, :paymentPhones, :paymentNotes,
                            :paymentLanguages, :paymentKeys, :paymentEnds, :paidOrders)
                            AS v(id, usuario, checkout, estado, proveedor, importe, metodo, direccion, telefono, notas,
                                 idioma, clave, vence, pedido)
                        """)
                .add("""
                        INSERT INTO lineas_pago (pago_id, reserva_id, producto_id, cantidad, precio_unitario)
                        SELECT pago, reserva, producto, cantidad, precio
                          FROM unnest(:paidPayments, :paidHolds, :paidProducts, :paidQuantities, :paidPrices)
                            AS v(pago, reserva, producto, cantidad, precio)
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("newPayments", Column.longs(payments, Payment::id))
                .bind("payers", Column.ints(payments, Payment::userId))
                .bind("paidCheckouts", Column.longs(payments, Payment::checkout))
                .bind(
                        "paymentStates",
                        Column.strings(payments, payment -> payment.state().word()))
                .bind("providers", Column.strings(payments, Payment::provider))
                .bind("paymentAmounts", Column.numerics(payments, Payment::amount))
                .bind(
                        "paymentMethods",
                        Column.strings(
                                payments, payment -> payment.details().method().word()))
                .bind(
                        "paymentAddresses",
                        Column.strings(payments, payment -> payment.details().address()))
                .bind(
                        "paymentPhones",
                        Column.strings(payments, payment -> payment.details().phone()))
                .bind(
                        "paymentNotes",
                        Column.strings(payments, payment -> payment.details().notes()))
                .bind("paymentLanguages", Column.strings(payments, PaymentSql::language))
                .bind("paymentKeys", Column.strings(payments, Payment::key))
                .bind(
                        "paymentEnds",
                        Column.strings(payments, payment -> payment.expiresAt().toString()))
                .bind("paidOrders", Column.longs(payments, Payment::order))
                .bind("paidPayments", Column.longs(lines, PaymentLine::payment))
                .bind("paidHolds", Column.longs(lines, PaymentLine::hold))
                .bind("paidProducts", Column.longs(lines, PaymentLine::productId))
                .bind("paidQuantities", Column.ints(lines, PaymentLine::quantity))
                .bind("paidPrices", Column.numerics(lines, PaymentLine::unitPrice));
    }

    private static @Nullable String language(Payment payment) {
        Locale language = payment.details().language();
        return language == null ? null : language.getLanguage();
    }

    /** Writes the states of payments whose rows are locked. */
    public static void updateAll(Script updates, List<Payment> payments, Instant now) {
        if (payments.isEmpty()) {
            return;
        }
        updates.add("""
                        UPDATE pagos p SET estado = v.estado, pedido_id = v.pedido, actualizado_at = :now
                          FROM unnest(:changedPayments, :changedStates, :changedOrders) AS v(id, estado, pedido)
                         WHERE p.id = v.id
                        """)
                .bind("now", Rows.timestamp(now))
                .bind("changedPayments", Column.longs(payments, Payment::id))
                .bind(
                        "changedStates",
                        Column.strings(payments, payment -> payment.state().word()))
                .bind("changedOrders", Column.longs(payments, Payment::order));
    }

    /** One payment of any buyer. */
    public static Optional<Payment> find(Handle handle, long id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM pagos p WHERE p.id = :id")
                .bind("id", id)
                .map((row, context) -> payment(row))
                .findOne();
    }

    /** The payment that the provider knows by this name. */
    public static Optional<Payment> byReference(Handle handle, String provider, String reference) {
        return handle.createQuery("SELECT " + COLUMNS
                        + " FROM pagos p WHERE p.proveedor = :provider AND p.referencia = :reference")
                .bind("provider", provider)
                .bind("reference", reference)
                .map((row, context) -> payment(row))
                .findOne();
    }

    /** The user's payment of this Idempotency-Key. */
    public static Optional<Payment> byKey(Handle handle, int user, String key) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM pagos p WHERE p.usuario_id = :user AND p.clave = :key")
                .bind("user", user)
                .bind("key", key)
                .map((row, context) -> payment(row))
                .findOne();
    }

    /** The payment that sold the order; of several the first. */
    public static Optional<Payment> ofOrder(Handle handle, long order) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM pagos p WHERE p.pedido_id = :order ORDER BY p.id LIMIT 1")
                .bind("order", order)
                .map((row, context) -> payment(row))
                .findOne();
    }

    /** The newest payments of a user. */
    public static List<Payment> ofUser(Handle handle, int user, int most) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM pagos p WHERE p.usuario_id = :user ORDER BY p.id DESC LIMIT :most")
                .bind("user", user)
                .bind("most", most)
                .map((row, context) -> payment(row))
                .list();
    }

    /** The units that payments are about. */
    public static List<PaymentLine> lines(Handle handle, Collection<Long> payments) {
        return handle.createQuery("""
                        SELECT pago_id, reserva_id, producto_id, cantidad, precio_unitario FROM lineas_pago
                         WHERE pago_id = ANY(:payments) ORDER BY pago_id, reserva_id
                        """)
                .bind("payments", Column.longs(payments))
                .map((row, context) -> line(row))
                .list();
    }

    /** Keeps what the provider answered; false when it has kept something else before. */
    public static boolean setPage(Handle handle, long id, String reference, @Nullable String url) {
        return handle.createUpdate("""
                        UPDATE pagos SET referencia = :reference, url = :url
                         WHERE id = :id AND (referencia IS NULL OR referencia = :reference)
                        """)
                        .bind("id", id)
                        .bind("reference", reference)
                        .bind("url", url)
                        .execute()
                == 1;
    }

    /** Claims the question to the provider, which is asked once in so long by all servers together. */
    public static boolean claimQuestion(Handle handle, long id, Instant notSince, Instant now) {
        return handle.createUpdate("""
                        UPDATE pagos SET preguntado_at = :now
                         WHERE id = :id AND (preguntado_at IS NULL OR preguntado_at <= :notSince)
                        """)
                        .bind("id", id)
                        .bind("now", Rows.timestamp(now))
                        .bind("notSince", Rows.timestamp(notSince))
                        .execute()
                == 1;
    }

    /** Locks a payment against batches and everybody else, after all other locks. */
    static Optional<Payment> lock(Handle handle, long id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM pagos p WHERE p.id = :id FOR NO KEY UPDATE")
                .bind("id", id)
                .map((row, context) -> payment(row))
                .findOne();
    }

    /** Whether there are payments: not in a database of an earlier level, on which the release command works too. */
    static boolean isThere(Handle handle) {
        return handle.createQuery("SELECT to_regclass('pagos') IS NOT NULL")
                .mapTo(Boolean.class)
                .one();
    }

    /** Writes down that payments have lapsed, those that a batch has locked passed over; returns how many. */
    static int lapse(Handle handle, Instant now, int most) {
        return handle.createUpdate("""
                        UPDATE pagos SET estado = :lapsed, actualizado_at = :now
                         WHERE id = ANY(ARRAY(
                                   SELECT id FROM pagos WHERE estado = 'iniciado' AND vence <= :now
                                    ORDER BY vence LIMIT :most FOR NO KEY UPDATE SKIP LOCKED))
                           AND estado = 'iniciado'
                        """)
                .bind("lapsed", PaymentState.LAPSED.word())
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .execute();
    }

    /** Gives payments in these states to another user, who has keys of their own. */
    static void give(Handle handle, Collection<Integer> from, int to, Collection<PaymentState> states) {
        handle.createUpdate("""
                        UPDATE pagos SET usuario_id = :to, clave = NULL
                         WHERE id = ANY(ARRAY(SELECT id FROM pagos
                                               WHERE usuario_id = ANY(:from) AND estado = ANY(:states)
                                               ORDER BY id FOR NO KEY UPDATE))
                        """)
                .bind("from", Column.ints(from))
                .bind("to", to)
                .bind("states", Column.strings(states, PaymentState::word))
                .execute();
    }

    /** Blanks what tells where a buyer lives. */
    static void forget(Handle handle, Collection<Integer> users) {
        handle.createUpdate("""
                        UPDATE pagos SET direccion_entrega = '', telefono = '', notas = NULL
                         WHERE id = ANY(ARRAY(SELECT id FROM pagos
                                               WHERE usuario_id = ANY(:users)
                                                 AND (direccion_entrega <> '' OR telefono <> '' OR notas IS NOT NULL)
                                               ORDER BY id FOR NO KEY UPDATE))
                        """).bind("users", Column.ints(users)).execute();
    }

    static Payment payment(ResultSet row) throws SQLException {
        String language = row.getString("idioma");
        OrderDetails details = new OrderDetails(
                PaymentMethod.of(row.getString("metodo_pago")).orElseThrow(),
                row.getString("direccion_entrega"),
                row.getString("telefono"),
                row.getString("notas"),
                language == null ? null : Locale.of(language));
        return new Payment(
                row.getLong("id"),
                row.getInt("usuario_id"),
                row.getObject("checkout_id", Long.class),
                PaymentState.of(row.getString("estado")),
                row.getString("proveedor"),
                row.getString("referencia"),
                row.getString("url"),
                row.getBigDecimal("importe"),
                details,
                row.getString("clave"),
                Rows.instant(row, "vence"),
                Rows.instant(row, "creado_at"),
                Rows.instant(row, "actualizado_at"),
                Rows.nullableInstant(row, "preguntado_at"),
                row.getObject("pedido_id", Long.class));
    }

    static PaymentLine line(ResultSet row) throws SQLException {
        return new PaymentLine(
                row.getLong("pago_id"),
                row.getLong("reserva_id"),
                row.getLong("producto_id"),
                row.getInt("cantidad"),
                row.getBigDecimal("precio_unitario"));
    }
}
