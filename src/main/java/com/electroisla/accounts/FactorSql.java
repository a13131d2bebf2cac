package com.electroisla.accounts;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code segundos_factores}, {@code codigos_de_respaldo} and {@code ajustes_cuentas}. */
final class FactorSql {
    private static final String REQUIRED = "exigir_segundo_factor";

    private FactorSql() {}

    /** @param secret encrypted */
    record Kept(byte[] secret, Instant since, long lastStep) {}

    static boolean isOn(Handle handle, int userId) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM segundos_factores WHERE usuario_id = :userId)")
                .bind("userId", userId)
                .mapTo(Boolean.class)
                .one();
    }

    static Optional<Kept> find(Handle handle, int userId) {
        return handle.createQuery("""
                        SELECT secreto, activado_at, ultimo_paso FROM segundos_factores WHERE usuario_id = :userId
                        """)
                .bind("userId", userId)
                .map((row, context) ->
                        new Kept(row.getBytes("secreto"), Rows.instant(row, "activado_at"), row.getLong("ultimo_paso")))
                .findOne();
    }

    /** The same, locked: of two requests with one code the second sees what the first used. */
    static Optional<Kept> lock(Handle handle, int userId) {
        return handle.createQuery("""
                        SELECT secreto, activado_at, ultimo_paso FROM segundos_factores WHERE usuario_id = :userId
                           FOR NO KEY UPDATE
                        """)
                .bind("userId", userId)
                .map((row, context) ->
                        new Kept(row.getBytes("secreto"), Rows.instant(row, "activado_at"), row.getLong("ultimo_paso")))
                .findOne();
    }

    static void insert(Handle handle, int userId, byte[] secret, long step, Instant now) {
        handle.createUpdate("""
                        INSERT INTO segundos_factores (usuario_id, secreto, activado_at, ultimo_paso)
                        VALUES (:userId, :secret, :now, :step)
                        """)
                .bind("userId", userId)
                .bind("secret", secret)
                .bind("now", Rows.timestamp(now))
                .bind("step", step)
                .execute();
    }

    static void useStep(Handle handle, int userId, long step) {
        handle.createUpdate("UPDATE segundos_factores SET ultimo_paso = :step WHERE usuario_id = :userId")
                .bind("step", step)
                .bind("userId", userId)
                .execute();
    }

    /** Takes the factor and its recovery codes away. */
    static boolean delete(Handle handle, int userId) {
        handle.createUpdate("DELETE FROM codigos_de_respaldo WHERE usuario_id = :userId")
                .bind("userId", userId)
                .execute();
        return handle.createUpdate("DELETE FROM segundos_factores WHERE usuario_id = :userId")
                        .bind("userId", userId)
                        .execute()
                == 1;
    }

    /** Replaces the recovery codes. */
    static void setCodes(Handle handle, int userId, List<byte[]> hashes) {
        handle.createUpdate("DELETE FROM codigos_de_respaldo WHERE usuario_id = :userId")
                .bind("userId", userId)
                .execute();
        for (byte[] hash : hashes) {
            handle.createUpdate("INSERT INTO codigos_de_respaldo (usuario_id, huella) VALUES (:userId, :hash)")
                    .bind("userId", userId)
                    .bind("hash", hash)
                    .execute();
        }
    }

    /** Uses a recovery code up; false when it is none, or was used before. */
    static boolean useCode(Handle handle, int userId, byte[] hash, Instant now) {
        return handle.createUpdate("""
                        UPDATE codigos_de_respaldo SET usado_at = :now
                         WHERE usuario_id = :userId AND huella = :hash AND usado_at IS NULL
                        """)
                        .bind("now", Rows.timestamp(now))
                        .bind("userId", userId)
                        .bind("hash", hash)
                        .execute()
                == 1;
    }

    static int codesLeft(Handle handle, int userId) {
        return handle.createQuery("""
                        SELECT count(*) FROM codigos_de_respaldo WHERE usuario_id = :userId AND usado_at IS NULL
                        """)
                .bind("userId", userId)
                .mapTo(Integer.class)
                .one();
    }

    static boolean isRequired(Handle handle) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM ajustes_cuentas WHERE nombre = :name AND valor = 'si')
                        """)
                .bind("name", REQUIRED)
                .mapTo(Boolean.class)
                .one();
    }

    static void setRequired(Handle handle, boolean required, Instant now) {
        handle.createUpdate("""
                        INSERT INTO ajustes_cuentas (nombre, valor, updated_at) VALUES (:name, :value, :now)
                        ON CONFLICT (nombre) DO UPDATE SET valor = excluded.valor, updated_at = excluded.updated_at
                        """)
                .bind("name", REQUIRED)
                .bind("value", required ? "si" : "no")
                .bind("now", Rows.timestamp(now))
                .execute();
    }

    /** The active staff without a second factor. */
    static List<Integer> staffWithout(Handle handle) {
        return handle.createQuery("""
                        SELECT u.id FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id
                         WHERE u.is_active
                           AND (u.is_superuser OR u.is_staff OR p.rol IN ('mensajero', 'trabajador', 'admin'))
                           AND NOT EXISTS (SELECT FROM segundos_factores f WHERE f.usuario_id = u.id)
                         ORDER BY u.id
                        """).mapTo(Integer.class).list();
    }
}
