package com.electroisla.accounts;

import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Every statement on {@code secreto_tienda}, which has one row. */
final class SecretSql {
    private SecretSql() {}

    /** @param usedFrom until then hashes are made without the salt, as the release before makes them */
    record Salt(byte[] bytes, Instant usedFrom) {
        boolean isSameAs(Salt other) {
            return Arrays.equals(bytes, other.bytes);
        }
    }

    /** The salt of the migration, or this new one where its row is gone; of several instances all get the same. */
    static Salt readOrKeep(Handle handle, byte[] made, Instant now) {
        handle.createUpdate("INSERT INTO secreto_tienda (sal, vale_desde) VALUES (:made, :now) ON CONFLICT DO NOTHING")
                .bind("made", made)
                .bind("now", Rows.timestamp(now))
                .execute();
        return handle.createQuery("SELECT sal, vale_desde FROM secreto_tienda")
                .map((row, context) -> new Salt(row.getBytes("sal"), Rows.instant(row, "vale_desde")))
                .one();
    }

    /** Writes the fingerprint of an instance that starts, and returns whether the one before had another. */
    static boolean announce(Handle handle, byte[] fingerprint, Instant now) {
        byte @Nullable [] before = handle.createQuery("SELECT huella FROM secreto_tienda FOR NO KEY UPDATE")
                .map((row, context) -> row.getBytes("huella"))
                .one();
        if (before != null && Arrays.equals(before, fingerprint)) {
            return false;
        }
        handle.createUpdate("UPDATE secreto_tienda SET huella = :fingerprint, huella_at = :now")
                .bind("fingerprint", fingerprint)
                .bind("now", Rows.timestamp(now))
                .execute();
        return before != null;
    }
}
