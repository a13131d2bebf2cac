package com.electroisla.catalog.http;

import com.electroisla.Shop;
import com.electroisla.catalog.EmbeddedPicture;
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

/**
 * A picture that stands in a product's row, under an address that has the mark of its contents in it: a changed picture has another one,
 * so a browser asks for each once.
 */
@Path("/imagenes")
@RequestScoped
@RunOnVirtualThread
public class PictureResource {
    private final Products products;

    PictureResource(Shop shop) {
        this.products = shop.products();
    }

    @GET
    @Path("/{id}/{huella}")
    public Response picture(@PathParam("id") String id, @PathParam("huella") String mark, @Context Request request) {
        EmbeddedPicture picture = products.picture(PathId.of(id, ErrorCode.NOT_FOUND), mark)
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND).exception());
        EntityTag tag = new EntityTag(mark);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder response = unchanged == null ? Response.ok(picture.bytes()).type(picture.contentType()) : unchanged;
        return response.tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .header("Content-Security-Policy", "default-src 'none'")
                .build();
    }
}
