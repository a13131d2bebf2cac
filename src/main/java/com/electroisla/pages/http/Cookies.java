package com.electroisla.pages.http;

import com.electroisla.accounts.SignedWords;
import com.electroisla.accounts.WebSession;
import com.electroisla.accounts.WebSessions;
import com.electroisla.http.Language;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.server.Site;
import com.electroisla.pages.Notice;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.NewCookie;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one visit: those it came with and those to set. No script can read any of them. Over https their
 * names are such that neither another host nor an insecure connection can set them, and cookies of the plain names are
 * ignored.
 */
final class Cookies {
    static final String SESSION = "electro_isla_sesion";
    private static final String ANONYMOUS = "electro_isla_visita";
    private static final String LANGUAGE = "idioma";
    private static final String THEME = "tema";
    private static final String NOTICE = "aviso";
    static final String GUEST = "electro_isla_invitado";
    private static final Duration LONG = Duration.ofDays(365);
    /** With its signature and in base 64 a notice of this length still fits into the 4 KiB that browsers take. */
    private static final int LONGEST_NOTICE_BYTES = 2_600;

    private final RoutingContext context;
    private final SignedWords words;
    private final List<NewCookie> changed = new ArrayList<>();
    private @Nullable String made;

    Cookies(RoutingContext context, SignedWords words) {
        this.context = context;
        this.words = words;
    }

    /** The token of the session; empty when there is none. */
    String session() {
        return value(SESSION);
    }

    /** The token of a guest's cart; empty when there is none. */
    String guest() {
        String token = value(GUEST);
        return token.matches("[A-Za-z0-9_-]{43}") ? token : "";
    }

    /** Keeps the token of a guest's cart beyond the end of the browser. */
    void keepGuest(String token, Duration life) {
        changed.add(cookie(GUEST, token, life));
    }

    void forgetGuest() {
        changed.add(cookie(GUEST, "", Duration.ZERO));
    }

    /** The secret of a visitor without a session, newly made if there was none. */
    String anonymous() {
        String known = value(ANONYMOUS);
        if (known.matches("[A-Za-z0-9_-]{43}")) {
            return known;
        }
        if (made != null) {
            return made;
        }
        String secret = WebSessions.randomToken();
        made = secret;
        changed.add(cookie(ANONYMOUS, secret, null));
        return secret;
    }

    /** The chosen language: Spanish, unless {@code ?lang=} or an earlier one says otherwise. */
    Language chosenLanguage() {
        String asked = parameter("lang");
        if (asked.equals("es") || asked.equals("en")) {
            changed.add(cookie(LANGUAGE, asked, LONG));
        }
        return (asked.isEmpty() ? value(LANGUAGE) : asked).equals("en") ? Language.ENGLISH : Language.SPANISH;
    }

    /** The theme {@code light} or {@code dark}; empty for the default of the reader's system. */
    String chosenTheme() {
        String asked = parameter("tema");
        if (List.of("claro", "oscuro", "auto").contains(asked)) {
            changed.add(cookie(THEME, asked, LONG));
        }
        return switch (asked.isEmpty() ? value(THEME) : asked) {
            case "claro" -> "light";
            case "oscuro" -> "dark";
            default -> "";
        };
    }

    /**
     * The message left by the last form; shown once. Only texts signed for this visit are shown: a planted cookie
     * could otherwise make the shop say anything.
     *
     * @param reader the same as for {@link #notice(Notice, String)}
     */
    Optional<Notice> notice(String reader) {
        String left = value(NOTICE);
        if (left.isEmpty()) {
            return Optional.empty();
        }
        changed.add(cookie(NOTICE, "", Duration.ZERO));
        return words.read(reader, left)
                .filter(text -> !text.isEmpty())
                .map(text -> text.startsWith("!") ? Notice.problem(text.substring(1)) : Notice.done(text.substring(1)));
    }

    /** @param reader the CSRF token of this visit, which no other visit has */
    NewCookie notice(Notice notice, String reader) {
        String text = (notice.kind() == Notice.Kind.PROBLEM ? "!" : " ") + notice.text();
        while (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_NOTICE_BYTES) {
            text = text.substring(0, text.length() * 3 / 4);
        }
        return cookie(NOTICE, words.sign(reader, text), Duration.ofMinutes(1));
    }

    NewCookie session(WebSession session) {
        return cookie(SESSION, session.token(), WebSessions.LONGEST);
    }

    NewCookie noSession() {
        return cookie(SESSION, "", Duration.ZERO);
    }

    /** The further cookies to set. */
    NewCookie[] changed() {
        return changed.toArray(NewCookie[]::new);
    }

    private String value(String name) {
        Cookie cookie = context.request().getCookie(Site.cookieName(context.request(), name));
        return cookie == null ? "" : cookie.getValue();
    }

    private String parameter(String name) {
        String value = QueryParameters.parse(context.request().query()).get(name);
        return value == null ? "" : value;
    }

    /** @param life null: until the browser is closed */
    private NewCookie cookie(String name, String value, @Nullable Duration life) {
        return new NewCookie.Builder(Site.cookieName(context.request(), name))
                .value(value)
                .path("/")
                .maxAge(life == null ? NewCookie.DEFAULT_MAX_AGE : (int) life.toSeconds())
                .httpOnly(true)
                .secure(Site.isHttps(context.request()))
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
