package com.electroisla.backup;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM in pieces of 64 KiB, in the manner of the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár
 * 2015): the nonce is the piece's number and whether it is the last, so pieces that are missing, moved or left off at
 * the end are noticed. The header is authenticated with each. The encryption key is derived from the operator's key by
 * PBKDF2 with a salt of the file's own, so that no nonce is used twice with one key.
 *
 * <p>Layout: {@link #MAGIC}, salt, iterations (4 bytes), then pieces, each with its length (4 bytes) before it.
 */
final class Encryption {
    static final byte[] MAGIC = "ELECTRO-ISLA CIFRADO 1\n".getBytes(StandardCharsets.US_ASCII);

    private static final int SALT = 16;
    private static final int PIECE = 1 << 16;
    private static final int TAG = 16;
    private static final int ITERATIONS = 600_000;
    /**
     * A limit on the iterations that a file may ask for, so that a forged file cannot occupy the processor for hours.
     */
    private static final int MOST_ITERATIONS = 20_000_000;

    private Encryption() {}

    /** Everything written to the result is encrypted; closing it ends the last piece and leaves {@code out} open. */
    static OutputStream encrypting(OutputStream out, String key) throws IOException {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        byte[] header = ByteBuffer.allocate(MAGIC.length + SALT + 4)
                .put(MAGIC)
                .put(salt)
                .putInt(ITERATIONS)
                .array();
        out.write(header);
        return new Encrypting(out, derive(key, salt, ITERATIONS), header);
    }

    /**
     * The decrypted text.
     *
     * @param in at the file's beginning; not read beyond the last piece
     * @throws BackupRefused here or while reading, when the key is wrong or the pieces were changed
     */
    static InputStream decrypting(InputStream in, String key) throws IOException {
        byte[] header = in.readNBytes(MAGIC.length + SALT + 4);
        ByteBuffer fields = ByteBuffer.wrap(header);
        if (header.length < MAGIC.length + SALT + 4) {
            throw new BackupRefused("El respaldo está dañado: le falta el final.");
        }
        fields.position(MAGIC.length);
        byte[] salt = new byte[SALT];
        fields.get(salt);
        int iterations = fields.getInt();
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new BackupRefused("El respaldo está dañado: su cabecera no tiene sentido.");
        }
        return new Decrypting(new DataInputStream(in), derive(key, salt, iterations), header);
    }

    private static SecretKey derive(String key, byte[] salt, int iterations) {
        try {
            var specification = new PBEKeySpec(key.toCharArray(), salt, iterations, 256);
            byte[] derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(specification)
                    .getEncoded();
            return new SecretKeySpec(derived, "AES");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] run(
            int mode, SecretKey key, byte[] header, long number, boolean last, byte[] piece, int length)
            throws AEADBadTagException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce =
                    ByteBuffer.allocate(12).putInt(last ? 1 : 0).putLong(number).array();
            cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(header);
            return cipher.doFinal(piece, 0, length);
        } catch (AEADBadTagException forged) {
            throw forged;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Encrypting extends OutputStream {
        private final OutputStream out;
        private final SecretKey key;
        private final byte[] header;
        private final byte[] piece = new byte[PIECE];
        private int filled;
        private long number;
        private boolean closed;

        Encrypting(OutputStream out, SecretKey key, byte[] header) {
            this.out = out;
            this.key = key;
            this.header = header;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (filled == PIECE) {
                    endPiece(false);
                }
                int part = Math.min(PIECE - filled, length - done);
                System.arraycopy(bytes, offset + done, piece, filled, part);
                filled += part;
                done += part;
            }
        }

        private void endPiece(boolean last) throws IOException {
            try {
                byte[] encrypted = run(Cipher.ENCRYPT_MODE, key, header, number++, last, piece, filled);
                out.write(ByteBuffer.allocate(4).putInt(encrypted.length).array());
                out.write(encrypted);
            } catch (AEADBadTagException impossible) {
                throw new IllegalStateException(impossible);
            }
            filled = 0;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                endPiece(true);
            }
        }
    }

    private static final class Decrypting extends InputStream {
        private final DataInputStream in;
        private final SecretKey key;
        private final byte[] header;
        private byte[] piece = new byte[0];
        private int position;
        private long number;
        private boolean last;

        Decrypting(DataInputStream in, SecretKey key, byte[] header) {
            this.in = in;
            this.key = key;
            this.header = header;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (position == piece.length) {
                if (last) {
                    return -1;
                }
                nextPiece();
            }
            int part = Math.min(piece.length - position, length);
            System.arraycopy(piece, position, bytes, offset, part);
            position += part;
            return part;
        }

        private void nextPiece() throws IOException {
            int length = in.readInt();
            if (length < TAG || length > PIECE + TAG) {
                throw new BackupRefused("El respaldo está dañado: sus piezas no encajan.");
            }
            byte[] encrypted = new byte[length];
            in.readFully(encrypted);
            try {
                piece = opened(encrypted);
            } catch (AEADBadTagException wrong) {
                throw new BackupRefused("La clave no es la de este respaldo (o alguien lo cambió sin conocerla).");
            }
            position = 0;
            number++;
        }

        private byte[] opened(byte[] encrypted) throws AEADBadTagException {
            try {
                return run(Cipher.DECRYPT_MODE, key, header, number, false, encrypted, encrypted.length);
            } catch (AEADBadTagException perhapsTheLast) {
                byte[] opened = run(Cipher.DECRYPT_MODE, key, header, number, true, encrypted, encrypted.length);
                last = true;
                return opened;
            }
        }
    }
}
