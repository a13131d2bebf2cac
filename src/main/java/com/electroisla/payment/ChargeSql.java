package com.electroisla.payment;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import com.electroisla.database.Script;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code cobros}. */
public final class ChargeSql {
    private ChargeSql() {}

    static long nextId(Handle handle) {
        return handle.createQuery("SELECT nextval('cobros_id_seq')")
                .mapTo(Long.class)
                .one();
    }

    /** Keeps a charge of a payment that nobody knows; false when it is there already. */
    static boolean insertUnknown(Handle handle, String provider, String name, BigDecimal amount, Instant now) {
        return handle.createUpdate("""
                        INSERT INTO cobros (proveedor, cobro, importe, recibido_at, resultado)
                        VALUES (:provider, :name, :amount, :now, :unknown) ON CONFLICT (proveedor, cobro) DO NOTHING
                        """)
                        .bind("provider", provider)
                        .bind("name", name)
                        .bind("amount", amount)
                        .bind("now", Rows.timestamp(now))
                        .bind("unknown", ChargeResult.UNKNOWN.word())
                        .execute()
                == 1;
    }

    /** Inserts charges, whose ids are drawn already. A charge that is there already fails the statement. */
    public static void insertAll(Script updates, List<Charge> charges) {
        if (charges.isEmpty()) {
            return;
        }
        updates.add("""
                        INSERT INTO cobros (id, proveedor, cobro, pago_id, importe, recibido_at, resultado)
                        SELECT id, proveedor, cobro, pago, importe, recibido::timestamptz, resultado
                          FROM unnest(:chargeIds, :chargeProviders, :chargeNames, :chargePayments, :chargeAmounts,
                            :chargesReceived, :chargeResults)
                            AS v(id, proveedor, cobro, pago, importe, recibido, resultado)
                        """)
                .bind("chargeIds", Column.longs(charges, Charge::id))
                .bind("chargeProviders", Column.strings(charges, Charge::provider))
                .bind("chargeNames", Column.strings(charges, Charge::name))
                .bind("chargePayments", Column.longs(charges, Charge::payment))
                .bind("chargeAmounts", Column.numerics(charges, Charge::amount))
                .bind(
                        "chargesReceived",
                        Column.strings(charges, charge -> charge.receivedAt().toString()))
                .bind(
                        "chargeResults",
                        Column.strings(charges, charge -> charge.result().word()));
    }

    public static Optional<Charge> find(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT id, proveedor, cobro, pago_id, importe, recibido_at, resultado FROM cobros WHERE id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> charge(row))
                .findOne();
    }

    /** The charge of this name. */
    public static Optional<Charge> find(Handle handle, String provider, String name) {
        return handle.createQuery("""
                        SELECT id, proveedor, cobro, pago_id, importe, recibido_at, resultado FROM cobros
                         WHERE proveedor = :provider AND cobro = :name
                        """)
                .bind("provider", provider)
                .bind("name", name)
                .map((row, context) -> charge(row))
                .findOne();
    }

    /** The charges of a payment, in the order in which they came. */
    public static List<Charge> ofPayment(Handle handle, long payment) {
        return handle.createQuery("""
                        SELECT id, proveedor, cobro, pago_id, importe, recibido_at, resultado FROM cobros
                         WHERE pago_id = :payment ORDER BY id
                        """)
                .bind("payment", payment)
                .map((row, context) -> charge(row))
                .list();
    }

    static Charge charge(ResultSet row) throws SQLException {
        return new Charge(
                row.getLong("id"),
                row.getString("proveedor"),
                row.getString("cobro"),
                row.getObject("pago_id", Long.class),
                row.getBigDecimal("importe"),
                Rows.instant(row, "recibido_at"),
                ChargeResult.of(row.getString("resultado")));
    }
}
