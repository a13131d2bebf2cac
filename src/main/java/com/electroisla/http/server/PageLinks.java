package com.electroisla.http.server;

import com.electroisla.http.QueryParameters;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a listing's neighbouring pages, under the host name that the caller used; relative if there was
 * none.
 */
public final class PageLinks {
    private final String address;
    private final QueryParameters query;

    private PageLinks(String address, QueryParameters query) {
        this.address = address;
        this.query = query;
    }

    public static PageLinks of(RoutingContext context, QueryParameters query) {
        return new PageLinks(Site.origin(context.request()) + context.request().path(), query);
    }

    /** The address of a page that begins at a cursor; it contains the page's number as well. */
    public String to(int page, String cursor) {
        Map<String, @Nullable String> changes = new HashMap<>();
        changes.put("page", Integer.toString(page));
        changes.put("cursor", cursor);
        return address + query.with(changes);
    }

    /** The address of a page by its number alone. */
    public String at(int page) {
        Map<String, @Nullable String> changes = new HashMap<>();
        changes.put("page", Integer.toString(page));
        changes.put("cursor", null);
        return address + query.with(changes);
    }

    /** The address of the page before this one; null on the first. */
    public @Nullable String before(int page) {
        if (page <= 1) {
            return null;
        }
        Map<String, @Nullable String> changes = new HashMap<>();
        changes.put("page", page == 2 ? null : Integer.toString(page - 1));
        changes.put("cursor", null);
        return address + query.with(changes);
    }
}
