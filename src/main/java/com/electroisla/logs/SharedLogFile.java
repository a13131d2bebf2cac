package com.electroisla.logs;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A log file to which several processes append and which one at a time rotates. (No logging library does both:
 * logback's prudent mode forbids rotation by size, and the JBoss and JDK handlers expect to be alone.)
 *
 * <p>Invariant: every line is written whole to {@code x.log} or to {@code x.log.1} and on. A line is one write to a
 * file opened for appending, which the operating system never interleaves with another's. Before each write the
 * process checks whether its open file still has the name; a line written between a rotation and that check is in
 * {@code x.log.1}, which is fine.
 *
 * <p>Rotation renames, oldest first, under an exclusive lock of {@code x.log.lock}, and checks the size again under
 * it. A process that does not get the lock at once goes on writing, because another is rotating. But once a file is
 * half again over its limit, all processes wait for the rotation, because a rotating process may wait long for a
 * processor. Opening takes the lock shared. The lock file stays, because deleting it would let two processes lock two
 * files of one name.
 */
final class SharedLogFile implements AutoCloseable {
    /** Serialises the threads of this process: locking a range twice in one process throws an exception. */
    private static final Object LOCKING = new Object();

    private final Path path;
    private final Path lockPath;
    private final long largestBytes;
    private final int kept;

    @GuardedBy("this")
    private @Nullable FileChannel channel;

    @GuardedBy("this")
    private @Nullable Object openKey;

    /** @param kept how many rotated files stay; the oldest is deleted beyond that */
    SharedLogFile(Path path, long largestBytes, int kept) {
        this.path = path;
        this.lockPath = path.resolveSibling(path.getFileName() + ".lock");
        this.largestBytes = largestBytes;
        this.kept = kept;
    }

    /** Appends one line with its line feed. */
    synchronized void append(byte[] line) throws IOException {
        FileChannel out = current();
        if (out.size() + line.length > largestBytes && out.size() > 0) {
            rotate(out.size() > largestBytes + largestBytes / 2);
            out = current();
        }
        ByteBuffer buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    @GuardedBy("this")
    private FileChannel current() throws IOException {
        FileChannel open = channel;
        if (open != null && openKey != null && openKey.equals(keyOf(path))) {
            return open;
        }
        close();
        synchronized (LOCKING) {
            try (FileChannel lockFile = FileChannel.open(lockPath, CREATE, READ, WRITE);
                    FileLock _ = lockFile.lock(0, Long.MAX_VALUE, true)) {
                // No process renames while the lock is held, so the key is that of the file just opened.
                FileChannel opened = FileChannel.open(path, CREATE, WRITE, APPEND);
                channel = opened;
                openKey = keyOf(path);
                return opened;
            }
        }
    }

    /** @param inTurn whether to wait for the lock instead of going on to write */
    private void rotate(boolean inTurn) throws IOException {
        synchronized (LOCKING) {
            try (FileChannel lockFile = FileChannel.open(lockPath, CREATE, READ, WRITE);
                    FileLock lock = inTurn ? lockFile.lock() : lockFile.tryLock()) {
                if (lock == null || Files.size(path) < largestBytes / 2) {
                    return;
                }
                for (int number = kept; number >= 1; number--) {
                    Path from = number == 1 ? path : numbered(number - 1);
                    if (Files.exists(from)) {
                        Files.move(from, numbered(number), StandardCopyOption.ATOMIC_MOVE);
                    }
                }
            } catch (NoSuchFileException rotatedMeanwhile) {
                // Another process has rotated it.
            }
        }
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    /** The identity of the file under a name (device and inode); null when there is none. */
    private static @Nullable Object keyOf(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException missing) {
            return null;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        openKey = null;
        if (open != null) {
            open.close();
        }
    }
}
