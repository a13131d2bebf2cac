package com.electroisla.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * The pictures that the staff uploads, as files in the media folder.
 *
 * <p>Invariants: a file is there whole or not at all, under a name of ours that nobody can guess or choose; its content
 * is a picture, whatever its sender calls it; and only files that we named are ever deleted, so the old shop's stay.
 * Two products never share a file.
 */
public final class UploadedPictures {
    public static final int LARGEST_BYTES = 5 * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(UploadedPictures.class.getName());
    /** The old shop's own folder for pictures of products. */
    private static final String FOLDER = "productos/";

    private static final Pattern OURS = Pattern.compile(FOLDER + "[0-9a-f]{32}\\.[a-z]+");
    private static final Pattern HALF = Pattern.compile("\\.[0-9a-f]{32}\\.[a-z]+\\.parte");
    private static final Duration LONGEST_UPLOAD = Duration.ofDays(1);
    private static final int SEARCHED_BYTES = 4 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();
    /**
     * The beginnings of texts that a browser, or a server that runs files, might execute. They are looked for where a
     * browser looks that guesses what a file is, at its beginning: in the middle of a photo chance writes them too.
     */
    private static final Pattern ACTIVE =
            Pattern.compile("<(?:script|svg|html|body|iframe|!doctype|\\?php)", Pattern.CASE_INSENSITIVE);

    private final Path media;

    /** @param media the folder that is served; made with the first picture */
    public UploadedPictures(Path media) {
        this.media = media;
    }

    /** The outcome of an upload. */
    public sealed interface Upload {
        /** @param path under the media folder, for {@code productos.imagen} */
        record Stored(String path) implements Upload {}

        /** No picture of a kind that is shown, a broken one, or one with a script in it. */
        record NoPicture() implements Upload {}

        record TooLarge() implements Upload {}

        /** So many pixels that whoever looks at it is harmed. */
        record TooManyPixels() implements Upload {}
    }

    /** Stores the picture, durably. */
    public Upload store(byte[] bytes) {
        if (bytes.length > LARGEST_BYTES) {
            return new Upload.TooLarge();
        }
        Optional<PictureKind> kind = PictureKind.of(bytes);
        Optional<PictureSize> size = kind.flatMap(each -> PictureSize.of(each, bytes));
        if (kind.isEmpty() || size.isEmpty() || ACTIVE.matcher(beginning(bytes)).find()) {
            return new Upload.NoPicture();
        }
        if (!size.get().isHarmless()) {
            return new Upload.TooManyPixels();
        }
        String path = FOLDER + randomName() + "." + kind.get().extension();
        write(bytes, media.resolve(path));
        return new Upload.Stored(path);
    }

    private static String beginning(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, SEARCHED_BYTES), StandardCharsets.ISO_8859_1);
    }

    private static String randomName() {
        byte[] name = new byte[16];
        RANDOM.nextBytes(name);
        return HexFormat.of().formatHex(name).toLowerCase(Locale.ROOT);
    }

    private static void write(byte[] bytes, Path file) {
        Path half = file.resolveSibling("." + file.getFileName() + ".parte");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel =
                    FileChannel.open(half, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(file.getParent())) {
                folder.force(true); // the name is on the disk before a row has it
            }
        } catch (IOException failure) {
            deleteQuietly(half);
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Deletes a stored file that no row names any more; any other path is left alone. A file that cannot be deleted is
     * only lost room.
     */
    public void forget(String path) {
        if (OURS.matcher(path).matches()) {
            deleteQuietly(media.resolve(path));
        }
    }

    /** Deletes what uploads have left that were cut short by the server's end, a day later. */
    public void forgetHalves(Instant now) {
        Path folder = media.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.parte")) {
            for (Path file : files) {
                boolean ours = HALF.matcher(file.getFileName().toString()).matches();
                if (ours && Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(LONGEST_UPLOAD))) {
                    deleteQuietly(file);
                }
            }
        } catch (NoSuchFileException done) {
            // Another server's upload or clean-up was quicker.
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "the uploads that were cut short could not be looked for", failure);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "a picture that nobody needs could not be deleted", failure);
        }
    }
}
