package com.electroisla.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is being written: until it is whole it is called {@code NAME.HEX.parcial}, and only its owner can read
 * it.
 *
 * <p>Invariants: the name appears only once the whole content is on the disk, and never replaces another file, even
 * one made in the meantime. The writer holds a lock of the operating system on the file, which ends with the process;
 * so a partial file that can be locked was left by a killed process and may be deleted.
 */
final class PartialFile implements AutoCloseable {
    private static final String ENDING = ".parcial";

    private final Path path;
    private final FileChannel channel;
    private boolean finished;

    private PartialFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static PartialFile beside(Path file) throws IOException {
        while (true) {
            Path path = file.resolveSibling(file.getFileName() + "."
                    + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ENDING);
            FileChannel channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            boolean ours = channel.tryLock() != null && Files.exists(path);
            if (ours) {
                return new PartialFile(path, channel);
            }
            // Another process took this file for an abandoned one before we had the lock, and deletes it.
            channel.close();
        }
    }

    OutputStream out() {
        return Channels.newOutputStream(channel);
    }

    /**
     * Gives the file its name.
     *
     * @throws FileAlreadyExistsException when there is another one of that name; it is left alone
     */
    void becomes(Path file) throws IOException {
        channel.force(true);
        if (!linked(file)) {
            moveOverAnEmptyOne(file);
        }
        channel.close();
        Files.deleteIfExists(path);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        finished = true;
    }

    /**
     * Gives the file its name by a hard link, which the file system makes in one step and refuses when the name is
     * taken; file systems such as FAT have no hard links.
     */
    private boolean linked(Path file) throws IOException {
        try {
            Files.createLink(file, path);
            return true;
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            return false;
        }
    }

    /** Takes the name, or fails when it is taken; the move replaces nothing but our own empty file. */
    private void moveOverAnEmptyOne(Path file) throws IOException {
        Files.createFile(file);
        try {
            Files.move(path, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            Files.delete(file);
            throw failure;
        }
    }

    /** Deletes the file when it did not get its name. */
    @Override
    public void close() throws IOException {
        if (!finished) {
            channel.close();
            Files.deleteIfExists(path);
        }
    }

    /**
     * Deletes the partial files of backups that were killed.
     *
     * @return the deleted ones
     */
    static List<Path> deleteLeft(Path folder) throws IOException {
        List<Path> deleted = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.*" + ENDING)) {
            for (Path each : found) {
                if (isOurs(each) && deleteIfLeft(each)) {
                    deleted.add(each);
                }
            }
        }
        return deleted;
    }

    private static boolean isOurs(Path path) {
        String name = path.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length()).matches(".+\\.[0-9a-f]{1,16}")
                && Files.isRegularFile(path);
    }

    private static boolean deleteIfLeft(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null && BackupReader.mayHaveBegun(path) && Files.deleteIfExists(path);
        } catch (OverlappingFileLockException | FileSystemException inUse) {
            return false;
        }
    }
}
