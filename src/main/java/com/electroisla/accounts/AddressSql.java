package com.electroisla.accounts;

import com.electroisla.accounts.Addresses.Address;
import com.electroisla.accounts.Addresses.Delivery;
import com.electroisla.accounts.Addresses.Typed;
import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Every statement on {@code direcciones} and {@code entregas_escritas}. */
final class AddressSql {
    private static final RowMapper<Address> ADDRESS = (row, context) -> new Address(
            row.getLong("id"),
            row.getString("nombre"),
            row.getString("direccion"),
            row.getString("telefono"),
            row.getBoolean("principal"));

    private AddressSql() {}

    /** The first choice first, then the newest. */
    static List<Address> of(Handle handle, int userId, int most) {
        return handle.createQuery("""
                        SELECT id, nombre, direccion, telefono, principal FROM direcciones WHERE usuario_id = :userId
                         ORDER BY principal DESC, id DESC LIMIT :most
                        """)
                .bind("userId", userId)
                .bind("most", most)
                .map(ADDRESS)
                .list();
    }

    static Optional<Address> find(Handle handle, int userId, long id) {
        return handle.createQuery("""
                        SELECT id, nombre, direccion, telefono, principal FROM direcciones
                         WHERE id = :id AND usuario_id = :userId
                        """)
                .bind("id", id)
                .bind("userId", userId)
                .map(ADDRESS)
                .findOne();
    }

    static int count(Handle handle, int userId) {
        return handle.createQuery("SELECT count(*) FROM direcciones WHERE usuario_id = :userId")
                .bind("userId", userId)
                .mapTo(Integer.class)
                .one();
    }

    static long insert(Handle handle, int userId, Typed typed, boolean main, Instant now) {
        return handle.createQuery("""
                        INSERT INTO direcciones (usuario_id, nombre, direccion, telefono, principal, created_at,
                                                 updated_at)
                        VALUES (:userId, :name, :address, :phone, :main, :now, :now) RETURNING id
                        """)
                .bind("userId", userId)
                .bind("name", typed.name())
                .bind("address", typed.address())
                .bind("phone", typed.phone())
                .bind("main", main)
                .bind("now", Rows.timestamp(now))
                .mapTo(Long.class)
                .one();
    }

    static boolean update(Handle handle, int userId, long id, Typed typed, Instant now) {
        return handle.createUpdate("""
                        UPDATE direcciones SET nombre = :name, direccion = :address, telefono = :phone,
                               updated_at = :now
                         WHERE id = :id AND usuario_id = :userId
                        """)
                        .bind("id", id)
                        .bind("userId", userId)
                        .bind("name", typed.name())
                        .bind("address", typed.address())
                        .bind("phone", typed.phone())
                        .bind("now", Rows.timestamp(now))
                        .execute()
                == 1;
    }

    static boolean delete(Handle handle, int userId, long id) {
        return handle.createUpdate("DELETE FROM direcciones WHERE id = :id AND usuario_id = :userId")
                        .bind("id", id)
                        .bind("userId", userId)
                        .execute()
                == 1;
    }

    /** Takes the mark of the first choice off whichever address has it. */
    static void noMain(Handle handle, int userId) {
        handle.createUpdate("UPDATE direcciones SET principal = false WHERE usuario_id = :userId AND principal")
                .bind("userId", userId)
                .execute();
    }

    static boolean makeMain(Handle handle, int userId, long id) {
        return handle.createUpdate("UPDATE direcciones SET principal = true WHERE id = :id AND usuario_id = :userId")
                        .bind("id", id)
                        .bind("userId", userId)
                        .execute()
                == 1;
    }

    /** Marks the newest as the first choice, if none is. */
    static void newestIsMain(Handle handle, int userId) {
        handle.createUpdate("""
                        UPDATE direcciones SET principal = true
                         WHERE id = (SELECT max(id) FROM direcciones WHERE usuario_id = :userId)
                           AND NOT EXISTS (SELECT FROM direcciones WHERE usuario_id = :userId AND principal)
                        """).bind("userId", userId).execute();
    }

    /** Whether the user has this very address. */
    static boolean has(Handle handle, int userId, Typed typed) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM direcciones
                                        WHERE usuario_id = :userId AND direccion = :address AND telefono = :phone)
                        """)
                .bind("userId", userId)
                .bind("address", typed.address())
                .bind("phone", typed.phone())
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * The delivery that a payment's form begins with: what was typed and not paid, else the first choice, else where
     * the last order went. One statement.
     */
    static Optional<Delivery> suggested(Handle handle, int userId) {
        return handle.createQuery("""
                        SELECT metodo_pago, direccion, telefono, notas FROM (
                            SELECT 1 AS orden, metodo_pago, direccion, telefono, notas FROM entregas_escritas
                             WHERE usuario_id = :userId
                            UNION ALL
                            SELECT 2, '', direccion, telefono, '' FROM direcciones
                             WHERE usuario_id = :userId AND principal
                            UNION ALL
                            (SELECT 3, '', COALESCE(direccion_entrega, ''), COALESCE(telefono, ''), '' FROM pedidos
                              WHERE usuario_id = :userId ORDER BY created_at DESC, id DESC LIMIT 1)) posibles
                         ORDER BY orden LIMIT 1
                        """)
                .bind("userId", userId)
                .map((row, context) -> new Delivery(
                        row.getString("metodo_pago"),
                        row.getString("direccion"),
                        row.getString("telefono"),
                        row.getString("notas")))
                .findOne();
    }

    static void keepTyped(Handle handle, int userId, Delivery typed, Instant now) {
        handle.createUpdate("""
                        INSERT INTO entregas_escritas (usuario_id, metodo_pago, direccion, telefono, notas, updated_at)
                        SELECT :userId, :method, :address, :phone, :notes, :now
                         WHERE EXISTS (SELECT FROM auth_user WHERE id = :userId)
                        ON CONFLICT (usuario_id) DO UPDATE
                           SET metodo_pago = excluded.metodo_pago, direccion = excluded.direccion,
                               telefono = excluded.telefono, notas = excluded.notas, updated_at = excluded.updated_at
                        """)
                .bind("userId", userId)
                .bind("method", typed.method())
                .bind("address", typed.address())
                .bind("phone", typed.phone())
                .bind("notes", typed.notes())
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    static void forgetTyped(Handle handle, int userId) {
        handle.createUpdate("DELETE FROM entregas_escritas WHERE usuario_id = :userId")
                .bind("userId", userId)
                .execute();
    }

    static int deleteTypedBefore(Handle handle, Instant instant, int most) {
        return handle.createUpdate("""
                        DELETE FROM entregas_escritas WHERE usuario_id = ANY(ARRAY(
                            SELECT usuario_id FROM entregas_escritas WHERE updated_at < :instant
                             ORDER BY updated_at LIMIT :most FOR UPDATE SKIP LOCKED))
                        """)
                .bind("instant", Rows.timestamp(instant))
                .bind("most", most)
                .execute();
    }

    static void deleteAllOf(Handle handle, int userId) {
        forgetTyped(handle, userId);
        handle.createUpdate("DELETE FROM direcciones WHERE usuario_id = :userId")
                .bind("userId", userId)
                .execute();
    }
}
