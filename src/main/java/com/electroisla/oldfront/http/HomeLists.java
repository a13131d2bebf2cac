package com.electroisla.oldfront.http;

import com.electroisla.catalog.Product;
import com.electroisla.catalog.Products;
import com.electroisla.catalog.http.ProductJson;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.Problem;
import com.electroisla.http.server.PublicAddress;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The lists of the home page as JSON. Anybody may ask for them, and one is up to 5,000 products at once, so everybody
 * who asks within {@link #KEPT} gets the same bytes, and who asks while they are made waits for them. Without
 * {@code ELECTRO_ISLA_URL} the callers choose the address in the list, so there is a limit on making them, too.
 */
@Singleton
final class HomeLists {
    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    /** Both lists, for two addresses. */
    private static final int MOST_MADE_AT_ONCE = 4;

    private final Semaphore making = new Semaphore(MOST_MADE_AT_ONCE);
    private final LoadingCache<Wanted, byte[]> lists;

    @Inject
    HomeLists() {
        this(Ticker.systemTicker());
    }

    /** @param ticker the time by which a list is kept */
    HomeLists(Ticker ticker) {
        this.lists = Caffeine.newBuilder()
                .maximumWeight(MOST_BYTES)
                .weigher((Wanted _, byte[] list) -> list.length)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .executor(Runnable::run)
                .build(this::make);
    }

    enum Kind {
        CAROUSEL(Products::inCarousel),
        HOME_PAGE(Products::onHomePage);

        private final Function<Products, List<Product>> list;

        Kind(Function<Products, List<Product>> list) {
            this.list = list;
        }
    }

    private record Wanted(Products products, Kind kind, PublicAddress site) {}

    private record ListedJson(int count, List<ProductJson> data) {}

    /** @throws com.electroisla.http.ProblemException 503 while as many lists are made as may be */
    byte[] json(Products products, Kind kind, PublicAddress site) {
        return lists.get(new Wanted(products, kind, site));
    }

    private byte[] make(Wanted wanted) {
        if (!making.tryAcquire()) {
            throw Problem.of(ErrorCode.BUSY)
                    .withHeader(HttpHeaders.RETRY_AFTER, "1")
                    .exception();
        }
        try {
            List<Product> found = wanted.kind().list.apply(wanted.products());
            return Json.write(new ListedJson(
                    found.size(),
                    found.stream()
                            .map(product -> ProductJson.of(product, wanted.site()))
                            .toList()));
        } finally {
            making.release();
        }
    }
}
