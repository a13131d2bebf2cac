package com.electroisla.http.server;

import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.PageRequest;
import com.electroisla.http.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Listings that are answered as a bare array, a page at a time; the neighbours are in the {@code Link} header (RFC
 * 8288).
 */
public final class Pages {
    private Pages() {}

    /**
     * @param found the page's rows and, when there are more, one of the next page
     * @throws com.electroisla.http.ProblemException 404 past the end
     */
    public static Response answer(RoutingContext context, PageRequest request, List<?> found) {
        if (found.isEmpty() && request.number() > 1) {
            throw Problem.of(ErrorCode.PAGE_NOT_FOUND).exception();
        }
        boolean more = found.size() > request.size();
        String path = context.normalizedPath();
        String next = more
                ? "<" + path + "?page=" + (request.number() + 1) + "&page_size=" + request.size() + ">; rel=\"next\""
                : "";
        String previous = request.number() > 1
                ? "<" + path + "?page=" + (request.number() - 1) + "&page_size=" + request.size() + ">; rel=\"prev\""
                : "";
        Map<String, String> headers = new LinkedHashMap<>();
        if (more || request.number() > 1) {
            headers.put(
                    "Link",
                    String.join(
                            ", ",
                            List.of(next, previous).stream()
                                    .filter(link -> !link.isEmpty())
                                    .toList()));
        }
        return Responses.of(new Answer(200, Json.write(more ? found.subList(0, request.size()) : found), headers));
    }
}
