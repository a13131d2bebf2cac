package com.electroisla.http.server;

import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files in a form: on the disk for as long as the request lasts, in a folder that only this user can read. */
public final class Uploads {
    private Uploads() {}

    /** Whether a body of this type is a form that can have files. */
    public static boolean isForm(@Nullable String contentType) {
        return RequestFrame.is("multipart/form-data", contentType);
    }

    /** Parses forms whose files and fields are no larger than this, all together. */
    static BodyHandler handler(long largestBytes) {
        try {
            // The folder is given because the JDK remembers the one of its start, which may have been changed since.
            Path folder =
                    Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir")), "electro-isla-subidas");
            folder.toFile().deleteOnExit();
            return BodyHandler.create(folder.toString())
                    .setBodyLimit(largestBytes)
                    .setDeleteUploadedFilesOnEnd(true);
        } catch (IOException noRoom) {
            throw new UncheckedIOException(noRoom);
        }
    }

    /**
     * One file of a form, on the disk for as long as the request lasts.
     *
     * @param name as its sender calls it, which may be anything
     */
    public record Sent(String name, Path file) {}

    /** The files in the fields of this name that have any content. */
    public static List<Sent> files(RoutingContext context, String name) {
        return context.fileUploads().stream()
                .filter(upload -> upload.name().equals(name) && upload.size() > 0)
                .map(upload -> new Sent(upload.fileName(), Path.of(upload.uploadedFileName())))
                .toList();
    }

    /** The sender's name of the file in this field; empty for none. */
    public static Optional<String> fileName(RoutingContext context, String name) {
        return context.fileUploads().stream()
                .filter(upload -> upload.name().equals(name) && upload.size() > 0)
                .map(FileUpload::fileName)
                .findFirst();
    }

    /** The content of the file in this field; empty for none. */
    public static Optional<byte[]> file(RoutingContext context, String name) {
        for (FileUpload upload : context.fileUploads()) {
            if (upload.name().equals(name) && upload.size() > 0) {
                try {
                    return Optional.of(Files.readAllBytes(Path.of(upload.uploadedFileName())));
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            }
        }
        return Optional.empty();
    }
}
