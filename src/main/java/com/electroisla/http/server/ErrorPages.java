package com.electroisla.http.server;

import com.electroisla.http.Answer;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a refusal: JSON under {@code /api}, whatever the caller accepts, and elsewhere a page if the caller's
 * {@code Accept} names {@code text/html}.
 */
final class ErrorPages {
    /** The answer and its content type. */
    record Rendered(Answer answer, String contentType) {}

    private static final String HTML = "text/html; charset=utf-8";
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="%s">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>%d \
            · Electro Isla</title>
            <link rel="stylesheet" href="/recursos/pico.min.css"><link rel="stylesheet" \
            href="/recursos/estilo.css"></head>
            <body class="suelta"><main class="container"><article class="entrada"><h1>%d</h1><p>%s</p><p><a \
            href="/">Electro Isla</a></p></article></main></body>
            </html>
            """;

    private ErrorPages() {}

    /** The language that the caller prefers, unless the reader of a page has chosen one. */
    static Language languageOf(HttpServerRequest request) {
        Cookie chosen = request.getCookie(Site.cookieName(request, "idioma"));
        String language = chosen == null ? "" : chosen.getValue();
        boolean known = language.equals("es") || language.equals("en");
        return Language.preferredBy(known ? language : request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    static Rendered render(Problem problem, @Nullable String path, @Nullable String accept, Language language) {
        if (RequestPath.meansApi(path) || accept == null || !accept.contains("text/html")) {
            return new Rendered(problem.answer(language), Responses.JSON);
        }
        int status = problem.code().status();
        String page =
                PAGE.formatted(language.locale().getLanguage(), status, status, escaped(problem.message(language)));
        Map<String, String> headers = new HashMap<>(PageSecurity.HEADERS);
        headers.putAll(problem.headers());
        return new Rendered(new Answer(status, page.getBytes(StandardCharsets.UTF_8), headers), HTML);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
