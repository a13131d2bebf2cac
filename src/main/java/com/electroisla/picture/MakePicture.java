package com.electroisla.picture;

import com.electroisla.catalog.PictureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes a picture of what somebody sent.
 *
 * <p>Invariant: in this process one picture at a time is read and decoded, after its headers said that it is small
 * enough. That is done on a platform thread: a decoder never yields, and virtual threads share as many carriers as
 * there are processors.
 */
public final class MakePicture {
    public static final int LARGEST_BYTES = 5 * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(MakePicture.class.getName());
    private static final Semaphore ROOM = new Semaphore(1, true);
    private static final int LONGEST_WAIT_SECONDS = 20;
    private static final int LONGEST_WORK_SECONDS = 60;

    static {
        // The decoders belong to a toolkit that would look for a screen.
        System.setProperty("java.awt.headless", "true");
    }

    private MakePicture() {}

    /** Reads the file, once there is room for it. */
    public interface Original {
        byte[] read() throws IOException;
    }

    /** Makes a picture of a file, of which no more is read than shows that it is too large. */
    public static Making of(Path file) {
        return of(() -> {
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(LARGEST_BYTES + 1);
            }
        });
    }

    public static Making of(Original original) {
        try {
            if (!ROOM.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return new Making.Busy();
            }
            FutureTask<Making> work = new FutureTask<>(() -> {
                try {
                    return made(original.read());
                } finally {
                    ROOM.release();
                }
            });
            Thread.ofPlatform().daemon().name("picture").start(work);
            return work.get(LONGEST_WORK_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            LOG.log(Level.WARNING, "a picture takes more than {0} seconds", Integer.toString(LONGEST_WORK_SECONDS));
            return new Making.Busy();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Making.Busy();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    private static Making made(byte[] bytes) {
        if (bytes.length > LARGEST_BYTES) {
            return new Making.TooLarge();
        }
        Optional<PictureKind> kind = PictureKind.of(bytes);
        Optional<PictureSize> size = kind.flatMap(each -> PictureSize.of(each, bytes));
        if (kind.isEmpty() || size.isEmpty()) {
            return new Making.NoPicture();
        }
        if (!size.get().isHarmless()) {
            return new Making.TooManyPixels();
        }
        try {
            return Darkroom.develop(kind.get(), bytes);
        } catch (IOException | RuntimeException broken) {
            LOG.log(Level.FINE, "a picture could not be decoded", broken);
            return new Making.NoPicture();
        }
    }
}
