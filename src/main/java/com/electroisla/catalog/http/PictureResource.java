package com.electroisla.catalog.http;

import com.electroisla.catalog.EmbeddedPicture;
import com.electroisla.catalog.Picture;
import com.electroisla.catalog.Products;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A picture stored in a product's row, under an address that contains the mark of its contents: a changed picture has
 * another one, so a browser asks for each once.
 */
@Path(Picture.EMBEDDED)
@RequestScoped
@RunOnVirtualThread
public class PictureResource {
    private static final int LONGEST_WAIT_SECONDS = 5;

    /** A picture takes some five times its size while it is decoded, and any client may request it. */
    private static final Semaphore DECODING = new Semaphore(2, true);

    private final Products products;

    PictureResource(Products products) {
        this.products = products;
    }

    @GET
    @Path("/{id}/{huella}")
    public Response picture(@PathParam("id") String id, @PathParam("huella") String mark, @Context Request request) {
        long product = PathId.of(id, ErrorCode.NOT_FOUND);
        EntityTag tag = new EntityTag(mark);
        Response.ResponseBuilder response = request.evaluatePreconditions(tag);
        if (response == null) {
            EmbeddedPicture picture = decoded(product, mark)
                    .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND).exception());
            response = Response.ok(picture.bytes()).type(picture.contentType());
        }
        return response.tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .header("Content-Security-Policy", "default-src 'none'")
                .build();
    }

    private Optional<EmbeddedPicture> decoded(long product, String mark) {
        try {
            if (!DECODING.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.of(ErrorCode.BUSY)
                        .withHeader(HttpHeaders.RETRY_AFTER, "5")
                        .exception();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Problem.of(ErrorCode.BUSY).exception();
        }
        try {
            return products.picture(product, mark);
        } finally {
            DECODING.release();
        }
    }
}
