package com.electroisla.catalog.http;

import com.electroisla.catalog.ProductAndRelated;
import com.electroisla.http.server.PublicAddress;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * {@code GET /api/productos/{id}/}: the product's fields, and beside them what the old front end's page reads. That
 * page looks for the number of favourites in {@code producto}.
 */
record ProductPageJson(
        @JsonUnwrapped ProductJson flat,
        Counted producto,
        List<ProductJson> productosRelacionados,
        long favoritosCount,
        List<PictureJson> imagenes) {

    record Counted(@JsonUnwrapped ProductJson flat, long favoritosCount) {}

    static ProductPageJson of(ProductAndRelated found, PublicAddress site) {
        ProductJson product = ProductJson.of(found.shown().product(), site);
        return new ProductPageJson(
                product,
                new Counted(product, found.favorites()),
                found.related().stream()
                        .map(related -> ProductJson.of(related, site))
                        .toList(),
                found.favorites(),
                found.shown().pictures().stream()
                        .map(picture -> PictureJson.of(picture, site))
                        .toList());
    }
}
