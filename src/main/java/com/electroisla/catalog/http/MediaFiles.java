package com.electroisla.catalog.http;

import com.electroisla.catalog.Picture;
import com.electroisla.catalog.PictureKind;
import com.electroisla.catalog.PictureName;
import com.electroisla.http.server.Refusals;
import com.electroisla.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The uploaded images at {@code /media/}, ours and the old shop's, from the folder in {@code ELECTRO_ISLA_MEDIA}. Only
 * images: an SVG may contain a script and does not count as one. A symbolic link out of the folder is not followed.
 */
@Singleton
final class MediaFiles {
    private record Served(Path folder, StaticHandler handler) {}

    private final Instance<Settings> settings;
    private volatile @Nullable Served served;

    MediaFiles(Instance<Settings> settings) {
        this.settings = settings;
    }

    void register(@Observes Router router, Vertx vertx) {
        router.route(Picture.UPLOADED + "*").order(100).handler(context -> serve(context, vertx));
    }

    private void serve(RoutingContext context, Vertx vertx) {
        boolean reads = context.request().method() == HttpMethod.GET
                || context.request().method() == HttpMethod.HEAD;
        Path folder = settings.get().media();
        if (!reads) {
            Refusals.methodNotAllowed(context, "GET, HEAD");
        } else {
            // Disk access may block, so it runs on a worker thread.
            vertx.executeBlocking(() -> isServed(folder, context.normalizedPath()), false)
                    .onComplete(found -> {
                        if (found.succeeded() && found.result()) {
                            context.response().putHeader("Content-Security-Policy", "default-src 'none'");
                            if (!isKnownToTheCaller(context)) {
                                handlerFor(folder).handle(context);
                            }
                        } else {
                            Refusals.notFound(context);
                        }
                    });
        }
    }

    /**
     * Answers 304 to a caller who has the file already. Only a picture whose name is made of its contents has a tag,
     * and is kept for good: another one has another address.
     */
    private static boolean isKnownToTheCaller(RoutingContext context) {
        Optional<PictureName> name = PictureName.ofAddress(context.normalizedPath());
        if (name.isEmpty()) {
            return false;
        }
        String tag = '"' + name.get().mark() + '-' + name.get().width() + '"';
        context.response()
                .putHeader(HttpHeaders.ETAG, tag)
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
        String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        boolean has = known != null
                && Stream.of(known.split(","))
                        .map(each -> each.strip().replaceFirst("^W/", ""))
                        .anyMatch(each -> each.equals(tag) || each.equals("*"));
        if (has) {
            context.response().setStatusCode(304).end();
        }
        return has;
    }

    /** Whether the path is an image inside the folder, after links are resolved. */
    static boolean isServed(Path folder, String normalizedPath) {
        try {
            String name = decoded(normalizedPath.substring(Picture.UPLOADED.length()));
            if (!PictureKind.isNameOfOne(name)) {
                return false;
            }
            Path root = folder.toRealPath();
            Path file = root.resolve(name).toRealPath();
            return file.startsWith(root) && Files.isRegularFile(file);
        } catch (IOException | RuntimeException noSuchFile) {
            return false;
        }
    }

    private static String decoded(String path) {
        return URI.create("/" + path).getPath().substring(1);
    }

    private StaticHandler handlerFor(Path folder) {
        Served known = served;
        if (known == null || !known.folder().equals(folder)) {
            known = new Served(
                    folder,
                    StaticHandler.create(FileSystemAccess.ROOT, folder.toString())
                            .setDirectoryListing(false)
                            .setIncludeHidden(false)
                            .setMaxAgeSeconds(3_600));
            served = known;
        }
        return known.handler();
    }
}
