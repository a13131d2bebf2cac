package com.electroisla.accounts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code claves_firma}. */
final class SigningKeySql {
    private SigningKeySql() {}

    static void publish(Handle handle, String keyId, String publicJwk, Instant now) {
        handle.createUpdate("""
                        INSERT INTO claves_firma (kid, clave_publica, created_at) VALUES (:keyId, :publicJwk, :now)
                        ON CONFLICT (kid) DO NOTHING
                        """)
                .bind("keyId", keyId)
                .bind("publicJwk", publicJwk)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    static Optional<String> publicJwk(Handle handle, String keyId) {
        return handle.createQuery("SELECT clave_publica FROM claves_firma WHERE kid = :keyId")
                .bind("keyId", keyId)
                .mapTo(String.class)
                .findOne();
    }
}
