package com.electroisla.picture;

import com.electroisla.catalog.PictureName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * The files of made pictures in the media folder.
 *
 * <p>Invariants: a file is there whole or not at all, under a name that is made of its contents, so to write it again
 * changes nothing; and only files that we named are ever deleted, so the old shop's stay. Several instances may share
 * the folder.
 */
public final class PictureFiles {
    private static final Logger LOG = Logger.getLogger(PictureFiles.class.getName());
    /** The old shop's own folder for pictures of products. */
    private static final String FOLDER = "productos/";

    /** A name of the first uploads, which had no size in it. */
    private static final Pattern FIRST = Pattern.compile(FOLDER + "[0-9a-f]{32}\\.[a-z]+");

    private static final Pattern HALF = Pattern.compile("\\.[0-9a-f]{32}[-0-9x]*\\.[a-z]+(?:\\.[0-9a-f]{16})?\\.parte");
    private static final Duration LONGEST_UPLOAD = Duration.ofDays(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path media;

    /** @param media the folder that is served; made with the first picture */
    public PictureFiles(Path media) {
        this.media = media;
    }

    /** Writes the files that are not there yet, durably. */
    void write(MadePicture picture) {
        picture.copies().forEach(copy -> {
            Path file = media.resolve(copy.path());
            if (!Files.isRegularFile(file)) {
                write(copy.bytes(), file);
            }
        });
    }

    private static void write(byte[] bytes, Path file) {
        byte[] own = new byte[8];
        RANDOM.nextBytes(own);
        Path half = file.resolveSibling(
                "." + file.getFileName() + "." + HexFormat.of().formatHex(own) + ".parte");
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
     * Deletes the files of a picture that no row names any more; a file that we did not name is left alone. One that
     * cannot be deleted is only lost room.
     */
    void delete(String path) {
        Optional<PictureName> name = PictureName.ofPath(path);
        if (name.isPresent()) {
            name.get().copies().forEach(copy -> deleteQuietly(media.resolve(copy.path())));
        } else if (FIRST.matcher(path).matches()) {
            deleteQuietly(media.resolve(path));
        }
    }

    /** Whether every file of the picture is there; of one that we did not name, the one file. */
    boolean isWhole(String path) {
        try {
            return PictureName.ofPath(path)
                    .map(name ->
                            name.copies().stream().allMatch(copy -> Files.isRegularFile(media.resolve(copy.path()))))
                    .orElseGet(() -> Files.isRegularFile(media.resolve(path).normalize()));
        } catch (InvalidPathException otherAlphabet) {
            return false; // nor is it served
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
