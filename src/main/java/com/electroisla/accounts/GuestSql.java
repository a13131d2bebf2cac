package com.electroisla.accounts;

import com.electroisla.database.Column;
import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code invitados}, and those on the accounts of guests. */
final class GuestSql {
    private GuestSql() {}

    /** @param onNext whether it was found by the second of the two hashes */
    record Found(int userId, String name, String email, boolean onNext, Instant lastUse) {}

    /** A guest whose account has a name that no person can take, and a hash that no password has. */
    static int insert(Handle handle, byte[] hash, String unusable, Instant now) {
        return handle.createQuery("""
                        WITH cuenta AS (
                            INSERT INTO auth_user (id, username, email, password, is_superuser, is_staff, is_active,
                                                   first_name, last_name, date_joined)
                            SELECT id, 'invitado:' || id, '', :unusable, false, false, true, '', '', :now
                              FROM (SELECT CAST(nextval(pg_get_serial_sequence('auth_user', 'id')) AS integer) AS id
                                    OFFSET 0) n
                            RETURNING id)
                        INSERT INTO invitados (usuario_id, huella, created_at, ultimo_uso)
                        SELECT id, :hash, :now, :now FROM cuenta RETURNING usuario_id
                        """)
                .bind("hash", hash)
                .bind("unusable", unusable)
                .bind("now", Rows.timestamp(now))
                .mapTo(Integer.class)
                .one();
    }

    /** The guest with the first hash, or the second. */
    static Optional<Found> find(Handle handle, byte[] hash, byte[] next) {
        return handle.createQuery("""
                        SELECT i.usuario_id, u.first_name, COALESCE(i.email, '') AS email, i.ultimo_uso,
                               i.huella <> :hash AS siguiente
                          FROM invitados i JOIN auth_user u ON u.id = i.usuario_id
                         WHERE i.huella IN (:hash, :next) AND u.is_active
                         ORDER BY siguiente LIMIT 1
                        """)
                .bind("hash", hash)
                .bind("next", next)
                .map((row, context) -> new Found(
                        row.getInt("usuario_id"),
                        row.getString("first_name"),
                        row.getString("email"),
                        row.getBoolean("siguiente"),
                        Rows.instant(row, "ultimo_uso")))
                .findOne();
    }

    /** Locks a guest who still has this hash, before carts. */
    static Optional<Integer> lock(Handle handle, byte[] hash) {
        return handle.createQuery("SELECT usuario_id FROM invitados WHERE huella = :hash FOR NO KEY UPDATE")
                .bind("hash", hash)
                .mapTo(Integer.class)
                .findOne();
    }

    static void noteUse(Handle handle, int userId, Instant now) {
        handle.createUpdate("""
                        UPDATE invitados SET ultimo_uso = :now, cerrado_at = NULL
                         WHERE usuario_id = :user AND ultimo_uso < :now
                        """)
                .bind("user", userId)
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    /** How many other guests hold units now, from this network or with this address. */
    static int othersHolding(Handle handle, int userId, String network, String email, Instant now) {
        return handle.createQuery("""
                        SELECT GREATEST(
                            (SELECT count(*) FROM invitados
                              WHERE red = :network AND reserva_hasta > :now AND usuario_id <> :user),
                            (SELECT count(*) FROM invitados
                              WHERE lower(email) = lower(:email) AND reserva_hasta > :now AND usuario_id <> :user))
                        """)
                .bind("network", network)
                .bind("email", email)
                .bind("user", userId)
                .bind("now", Rows.timestamp(now))
                .mapTo(Integer.class)
                .one();
    }

    /** Name and address of a guest, the language, and until when units may be held. */
    record Introduction(String name, String email, String language, String network, Instant until) {}

    static void introduce(Handle handle, int userId, byte[] hash, Introduction introduction, Instant now) {
        handle.createUpdate("""
                        UPDATE invitados SET huella = :hash, email = :email, idioma = :language, red = :network,
                               reserva_hasta = :until, ultimo_uso = :now, cerrado_at = NULL
                         WHERE usuario_id = :user
                        """)
                .bind("user", userId)
                .bind("hash", hash)
                .bind("email", introduction.email())
                .bind("language", introduction.language())
                .bind("network", introduction.network())
                .bind("until", Rows.timestamp(introduction.until()))
                .bind("now", Rows.timestamp(now))
                .execute();
        handle.createUpdate("UPDATE auth_user SET first_name = :name WHERE id = :user")
                .bind("name", introduction.name())
                .bind("user", userId)
                .execute();
    }

    /** Forgets that the guest holds units, and the network with it. */
    static void noLongerHolds(Handle handle, int userId) {
        handle.createUpdate("""
                        UPDATE invitados SET reserva_hasta = NULL, red = NULL
                         WHERE usuario_id = :user AND (reserva_hasta IS NOT NULL OR red IS NOT NULL)
                        """).bind("user", userId).execute();
    }

    /** Makes the cookie worthless. */
    static void leave(Handle handle, int userId) {
        handle.createUpdate("""
                        UPDATE invitados SET huella = NULL, reserva_hasta = NULL, red = NULL WHERE usuario_id = :user
                        """).bind("user", userId).execute();
    }

    /** The guests with this address, compared without case. */
    static List<Integer> withAddress(Handle handle, String email) {
        return handle.createQuery("""
                        SELECT usuario_id FROM invitados WHERE lower(email) = lower(:email) ORDER BY usuario_id
                        """).bind("email", email).mapTo(Integer.class).list();
    }

    static Optional<String> address(Handle handle, int userId) {
        return handle.createQuery("SELECT email FROM invitados WHERE usuario_id = :user AND email IS NOT NULL")
                .bind("user", userId)
                .mapTo(String.class)
                .findOne();
    }

    /** Marks guests with orders who were not seen since: they are kept, and not looked at again until they come. */
    static int keepBuyers(Handle handle, Instant before, Instant now, int most) {
        return handle.createUpdate("""
                        UPDATE invitados SET cerrado_at = :now, red = NULL, reserva_hasta = NULL
                         WHERE usuario_id = ANY(ARRAY(
                               SELECT i.usuario_id FROM invitados i
                                WHERE i.cerrado_at IS NULL AND i.ultimo_uso < :before
                                  AND EXISTS (SELECT FROM pedidos o WHERE o.usuario_id = i.usuario_id OFFSET 0)
                                ORDER BY i.ultimo_uso LIMIT :most FOR UPDATE SKIP LOCKED))
                        """)
                .bind("before", Rows.timestamp(before))
                .bind("now", Rows.timestamp(now))
                .bind("most", most)
                .execute();
    }

    /** Lets guests whose orders an account gets be looked at again, so that they are forgotten in their time. */
    static void lookAgain(Handle handle, Collection<Integer> users) {
        handle.createUpdate("UPDATE invitados SET cerrado_at = NULL WHERE usuario_id = ANY(:users)")
                .bind("users", Column.ints(users))
                .execute();
    }

    /** Locks guests who bought nothing, hold nothing, and were not seen since. */
    static List<Integer> lockForgotten(Handle handle, Instant before, int most) {
        return handle.createQuery("""
                        SELECT i.usuario_id FROM invitados i
                         WHERE i.cerrado_at IS NULL AND i.ultimo_uso < :before
                           AND NOT EXISTS (SELECT FROM pedidos o WHERE o.usuario_id = i.usuario_id OFFSET 0)
                           AND NOT EXISTS (SELECT FROM stock_reservations r
                                            WHERE r.usuario_id = i.usuario_id AND r.status = 'pending' OFFSET 0)
                         ORDER BY i.ultimo_uso LIMIT :most FOR UPDATE OF i SKIP LOCKED
                        """)
                .bind("before", Rows.timestamp(before))
                .bind("most", most)
                .mapTo(Integer.class)
                .list();
    }

    /** Blanks what is known of these guests; their rows stay for those who are pointed at by holds of the past. */
    static void forget(Handle handle, Collection<Integer> users, Instant now) {
        handle.createUpdate("""
                        UPDATE invitados SET huella = NULL, email = NULL, red = NULL, reserva_hasta = NULL,
                               cerrado_at = :now
                         WHERE usuario_id = ANY(:users)
                        """)
                .bind("users", Column.ints(users))
                .bind("now", Rows.timestamp(now))
                .execute();
        handle.createUpdate("UPDATE auth_user SET first_name = '', is_active = false WHERE id = ANY(:users)")
                .bind("users", Column.ints(users))
                .execute();
    }

    /** Deletes the accounts of those among these guests whom no hold of the past points at. */
    static void deleteUnneeded(Handle handle, Collection<Integer> users) {
        handle.createUpdate("""
                        DELETE FROM auth_user u
                         WHERE u.id = ANY(:users) AND u.username = 'invitado:' || u.id
                           AND NOT EXISTS (SELECT FROM stock_reservations r
                                            WHERE r.usuario_id = u.id AND r.status <> 'pending')
                           AND NOT EXISTS (SELECT FROM stock_reservations r
                                            WHERE r.usuario_id = u.id AND r.status = 'pending')
                        """).bind("users", Column.ints(users)).execute();
    }
}
