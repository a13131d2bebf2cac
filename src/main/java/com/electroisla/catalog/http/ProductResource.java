package com.electroisla.catalog.http;

import com.electroisla.catalog.ProductPage;
import com.electroisla.catalog.Products;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.PageJson;
import com.electroisla.http.PathId;
import com.electroisla.http.Problem;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.server.PageLinks;
import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.Responses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** {@code GET /api/productos/} and {@code GET /api/productos/{id}/}. */
@Path("/api/productos")
@RequestScoped
@RunOnVirtualThread
public class ProductResource {
    private static final int TAG_BYTES = 16;

    private final Products products;

    ProductResource(Products products) {
        this.products = products;
    }

    @GET
    public Response list(@Context RoutingContext context) {
        QueryParameters query = QueryParameters.parse(context.request().query());
        ProductPage page = products.list(query);
        PublicAddress site = PublicAddress.of(context.request());
        PageLinks links = PageLinks.of(context, query);
        return Responses.of(Answer.ok(new PageJson<>(
                page.count(),
                page.next()
                        .map(next -> links.to(next.page(), next.encode(Products.fingerprint(query))))
                        .orElse(null),
                links.before(page.number()),
                page.products().stream()
                        .map(product -> ProductJson.of(product, site))
                        .toList())));
    }

    @GET
    @Path("/{id}")
    public Response one(@PathParam("id") String id, @Context Request request, @Context RoutingContext context) {
        byte[] body = products.findWithRelated(PathId.of(id, ErrorCode.PRODUCT_NOT_FOUND))
                .map(found -> Json.write(ProductPageJson.of(found, PublicAddress.of(context.request()))))
                .orElseThrow(() -> Problem.of(ErrorCode.PRODUCT_NOT_FOUND).exception());
        EntityTag tag = new EntityTag(hash(body));
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder response =
                unchanged == null ? Response.fromResponse(Responses.of(new Answer(200, body, Map.of()))) : unchanged;
        return response.tag(tag).header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
