package com.electroisla.accounts;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the secrets of second factors with a key of the shop's secret: whoever reads the table, or a dump of it,
 * computes no codes. A secret is bound to its user, so it cannot be moved to another one's row.
 */
final class FactorSecret {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ShopSecret secret;

    FactorSecret(ShopSecret secret) {
        this.secret = secret;
    }

    byte[] encrypt(int userId, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] hidden = cipher(Cipher.ENCRYPT_MODE, userId, nonce).doFinal(plain);
            return ByteBuffer.allocate(NONCE_BYTES + hidden.length)
                    .put(nonce)
                    .put(hidden)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The secret; empty when it was encrypted under another secret of the shop, or is not this user's. */
    Optional<byte[]> decrypt(int userId, byte[] kept) {
        if (kept.length < NONCE_BYTES) {
            return Optional.empty();
        }
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            ByteBuffer read = ByteBuffer.wrap(kept).get(nonce);
            byte[] hidden = new byte[read.remaining()];
            read.get(hidden);
            return Optional.of(cipher(Cipher.DECRYPT_MODE, userId, nonce).doFinal(hidden));
        } catch (AEADBadTagException otherKey) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Cipher cipher(int mode, int userId, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(
                mode,
                new SecretKeySpec(secret.lasting("cifrado del segundo factor"), "AES"),
                new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ByteBuffer.allocate(Integer.BYTES).putInt(userId).array());
        return cipher;
    }
}
