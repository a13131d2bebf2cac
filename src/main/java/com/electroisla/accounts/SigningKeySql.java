package com.electroisla.accounts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Every statement on {@code claves_firma}. */
final class SigningKeySql {
    private SigningKeySql() {}

    /** Stores the public key, or updates what is written about it and the time of its last use. */
    static void publish(Handle handle, String keyId, String publicJwk, Instant now) {
        handle.createUpdate("""
                        INSERT INTO claves_firma (kid, clave_publica, created_at, usada_at)
                        VALUES (:keyId, :publicJwk, :now, :now)
                        ON CONFLICT (kid) DO UPDATE SET clave_publica = excluded.clave_publica,
                               usada_at = excluded.usada_at
                        """)
                .bind("keyId", keyId)
                .bind("publicJwk", publicJwk)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    static int deleteUnusedSince(Handle handle, Instant before) {
        return handle.createUpdate("DELETE FROM claves_firma WHERE usada_at < :before")
                .bind("before", before.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** The public keys that were used since. */
    static List<String> usedSince(Handle handle, Instant since, int most) {
        return handle.createQuery("""
                        SELECT clave_publica FROM claves_firma WHERE usada_at >= :since ORDER BY usada_at DESC
                        LIMIT :most
                        """)
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }

    /** The most recently used keys: key id to public key. */
    static Map<String, String> newest(Handle handle, int most) {
        Map<String, String> keys = new HashMap<>();
        handle.createQuery("SELECT kid, clave_publica FROM claves_firma ORDER BY usada_at DESC LIMIT :most")
                .bind("most", most)
                .map((row, context) -> keys.put(row.getString("kid"), row.getString("clave_publica")))
                .list();
        return keys;
    }
}
