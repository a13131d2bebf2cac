package com.electroisla.pages.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.Client;
import com.electroisla.accounts.GuestCookie;
import com.electroisla.accounts.Role;
import com.electroisla.accounts.SignedWords;
import com.electroisla.accounts.Visitor;
import com.electroisla.accounts.WebSession;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.http.ProblemException;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.TimeInWords;
import com.electroisla.http.server.ClientInfo;
import com.electroisla.http.server.PageSecurity;
import com.electroisla.http.server.PublicAddress;
import com.electroisla.http.server.Uploads;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.logs.LogContext;
import com.electroisla.pages.Form;
import com.electroisla.pages.Frame;
import com.electroisla.pages.Notice;
import com.electroisla.pages.Words;
import com.electroisla.settings.Settings;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request of a browser: user, language, form and ways to answer. There is one for each request to a resource that
 * carries {@link Page}.
 */
public final class Visit {
    private static final String KEY = Visit.class.getName();
    private static final String SECOND_FACTOR = "/cuenta/segundo-factor/";

    private final RoutingContext context;
    private final Settings settings;
    private final Cookies cookies;
    private final SignedWords signedWords;
    private final Optional<Visitor> visitor;
    private final boolean sessionIsOver;
    private final Language language;
    private final String csrf;
    private final Duration guestLife;
    private @Nullable Notice news;

    private Visit(RoutingContext context, Accounts accounts, Settings settings) {
        this.context = context;
        this.settings = settings;
        this.signedWords = accounts.signedWords();
        this.cookies = new Cookies(context, signedWords);
        String session = cookies.session();
        this.visitor =
                session.isEmpty() ? Optional.empty() : accounts.webSessions().visitor(session);
        this.sessionIsOver = visitor.isEmpty() && !session.isEmpty();
        this.language = cookies.chosenLanguage();
        this.csrf = Csrf.tokenFor(visitor.isPresent() ? session : cookies.anonymous());
        this.guestLife = accounts.guests().cookieLife();
        visitor.ifPresent(who -> LogContext.user(who.userId()));
    }

    static Visit begin(RoutingContext context, Accounts accounts, Settings settings) {
        Visit visit = new Visit(context, accounts, settings);
        context.put(KEY, visit);
        return visit;
    }

    /** @throws IllegalStateException in a resource without {@link Page} */
    public static Visit of(RoutingContext context) {
        Visit visit = context.get(KEY);
        if (visit == null) {
            throw new IllegalStateException("this resource is no @Page");
        }
        return visit;
    }

    /** The user who sends a request that is no visit yet, since its form has not been read. */
    public static Optional<Visitor> sender(RoutingContext context, Accounts accounts) {
        String session = new Cookies(context, accounts.signedWords()).session();
        return session.isEmpty() ? Optional.empty() : accounts.webSessions().visitor(session);
    }

    /** The cookie of a guest's cart; empty when the browser has none. */
    public Optional<GuestCookie> guestCookie() {
        String token = cookies.guest();
        return token.isEmpty()
                ? Optional.empty()
                : Optional.of(new GuestCookie(token, visitor.isPresent() ? "" : ownToken(token)));
    }

    /** The token of a new cart: the same in all tabs of this browser, a secret like the cookie that it is made of. */
    public String newGuestToken() {
        return ownToken("");
    }

    private String ownToken(String from) {
        return Csrf.derived("invitado " + from, cookies.anonymous());
    }

    /** Sends the browser the token of its cart, to be kept when it is closed. */
    public void keepGuest(String token) {
        cookies.keepGuest(token, guestLife);
    }

    /** Takes the cart's cookie away from the browser. */
    public void forgetGuest() {
        cookies.forgetGuest();
    }

    /** Lets the next page say this, unless the last form left a message. */
    public void tell(Notice message) {
        news = message;
    }

    /** The signed-in user; empty for nobody. */
    public Optional<Visitor> visitor() {
        return visitor;
    }

    /**
     * The signed-in user.
     *
     * @param signInPage the page to which everybody else is sent first
     */
    public Visitor signedIn(String signInPage) {
        return visitor.orElseThrow(() -> {
            String here = LocalPath.of(
                    context.request().method().name().equals("GET")
                            ? context.request().uri()
                            : path(),
                    "");
            // htmx follows a redirect by itself and would put the sign-in form into a part of the page.
            String target = here.isEmpty()
                    ? signInPage
                    : signInPage + "?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8);
            return new WebApplicationException(
                    isPart()
                            ? withoutLostSession(
                                    Response.status(Response.Status.NO_CONTENT).header("HX-Redirect", target))
                            : withoutLostSession(seeOther(target)));
        });
    }

    private Response withoutLostSession(Response.ResponseBuilder response) {
        return sessionIsOver ? response.cookie(cookies.noSession()).build() : response.build();
    }

    /** A text that a form of this visit brings back, and no other visit can. */
    public String sign(String text) {
        return signedWords.sign("formulario " + csrf, text);
    }

    /** The text that {@link #sign} signed for this visit; empty for any other. */
    public Optional<String> readSigned(String signed) {
        return signed.isEmpty() ? Optional.empty() : signedWords.read("formulario " + csrf, signed);
    }

    /** Leads somebody who must set up a second factor there, from every page but that one and the way out. */
    void leadToSecondFactor() {
        if (visitor.filter(Visitor::lacksFactor).isPresent()
                && !path().startsWith(SECOND_FACTOR)
                && !(path() + "/").startsWith(SECOND_FACTOR)
                && !path().startsWith("/salir")) {
            throw new WebApplicationException(goTo(SECOND_FACTOR));
        }
    }

    /** Sends a browser whose session has ended to the sign-in page, without its cookie. */
    void leaveIfSessionIsOver() {
        if (sessionIsOver) {
            String signIn = path().startsWith("/admin/") || form().text("next").equals(SignIn.STAFF)
                    ? SignIn.STAFF
                    : SignIn.BUYERS;
            throw new WebApplicationException(
                    isPart()
                            ? Response.status(Response.Status.NO_CONTENT)
                                    .header("HX-Redirect", signIn)
                                    .cookie(cookies.noSession())
                                    .build()
                            : leave(signIn));
        }
    }

    /** Refuses users without any of these roles: 403, and a line in {@code security.log}. */
    public void require(Set<Role> roles) {
        if (visitor.isEmpty() || !roles.contains(visitor.get().role())) {
            throw forbidden();
        }
    }

    /** The refusal of an action that this role may not do: 403, and a line in {@code security.log}. */
    public ProblemException forbidden() {
        SecurityLog.notAllowed(this);
        return Problem.of(ErrorCode.FORBIDDEN).exception();
    }

    /**
     * The refusal for something that belongs to another user or does not exist; the answer does not say which: 404,
     * and a line in {@code security.log}.
     */
    public ProblemException notFound() {
        SecurityLog.notFound(this);
        return Problem.of(ErrorCode.NOT_FOUND).exception();
    }

    public Language language() {
        return language;
    }

    public String path() {
        return context.normalizedPath();
    }

    /** The public address of this site, without a path. */
    public URI site() {
        return URI.create(PublicAddress.of(context.request()).base());
    }

    public QueryParameters query() {
        return QueryParameters.parse(context.request().query());
    }

    /** The file in a form's field of this name; empty for none. */
    public Optional<byte[]> file(String name) {
        return Uploads.file(context, name);
    }

    /** The files in a form's fields of this name. */
    public List<Uploads.Sent> files(String name) {
        return Uploads.files(context, name);
    }

    /** The file's name as the browser sent it. */
    public Optional<String> fileName(String name) {
        return Uploads.fileName(context, name);
    }

    public Form form() {
        MultiMap sent = context.request().formAttributes();
        Map<String, List<String>> values = new HashMap<>();
        sent.names().forEach(name -> values.put(name, sent.getAll(name)));
        return new Form(values);
    }

    /** The client's address and browser, for limits and reservations. */
    public Client client() {
        ClientInfo info = ClientInfo.of(context);
        return new Client(info.address(), info.userAgent());
    }

    /** Whether htmx sends the request, and for a part of a page. */
    public boolean isPart() {
        return "true".equals(context.request().getHeader("HX-Request"));
    }

    /** The id of the element that htmx will replace; empty without htmx. */
    public String target() {
        String target = context.request().getHeader("HX-Target");
        return target == null ? "" : target;
    }

    /** Whether the form, or htmx's header, has this visit's token. */
    boolean hasToken() {
        String sent = context.request().getHeader(Csrf.HEADER);
        if (sent == null) {
            sent = context.request().getFormAttribute(Csrf.FIELD);
        }
        return sent != null
                && MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), csrf.getBytes(StandardCharsets.UTF_8));
    }

    public Words words(String area) {
        return new Words(language, area);
    }

    /**
     * The frame of a page of this area.
     *
     * @param area the area whose texts it uses, such as {@code admin}
     * @param title a key of its bundle
     */
    public Frame frame(String area, String title, List<Frame.Link> navigation) {
        Words words = words(area);
        return named(area, words.text(title), navigation);
    }

    /** The frame of a page whose title is not in the bundle, such as the name of a product. */
    public Frame named(String area, String title, List<Frame.Link> navigation) {
        return new Frame(
                words(area),
                title,
                path(),
                csrf,
                visitor.map(Visitor::username).orElse(null),
                visitor.map(who -> who.role().text()).orElse(""),
                cookies.chosenTheme(),
                Resources.all().addresses(),
                navigation,
                cookies.notice(csrf).orElse(news),
                holdTime(),
                settings.zone());
    }

    /** How long a reservation lasts, in words of the reader's language. */
    public String holdTime() {
        return TimeInWords.of(settings.timeToLive(), language);
    }

    /** The same frame for another address, where its links to other languages lead. */
    public static Frame at(Frame frame, String path) {
        return new Frame(
                frame.words(),
                frame.title(),
                path,
                frame.csrf(),
                frame.user(),
                frame.role(),
                frame.theme(),
                frame.assets(),
                frame.navigation(),
                frame.notice(),
                frame.holdTime(),
                frame.zone());
    }

    /** The same frame with a message at the top. */
    public static Frame saying(Frame frame, Notice notice) {
        return new Frame(
                frame.words(),
                frame.title(),
                frame.path(),
                frame.csrf(),
                frame.user(),
                frame.role(),
                frame.theme(),
                frame.assets(),
                frame.navigation(),
                notice,
                frame.holdTime(),
                frame.zone());
    }

    /** The page, or a part of one. */
    public Response page(TemplateInstance template) {
        return page(200, template);
    }

    public Response page(int status, TemplateInstance template) {
        Response.ResponseBuilder response = Response.status(status)
                .header(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, "HX-Request")
                .entity(template.render());
        PageSecurity.HEADERS.forEach(response::header);
        return response.cookie(cookies.changed()).build();
    }

    /**
     * The one-time key of a form, for this user and this page.
     *
     * @param thing the form's object, if the page's address does not contain it; empty otherwise
     * @param secrets the fields with passwords and codes, of which nothing may be kept
     * @throws ProblemException 403 for a form without a key, which is not ours or very old
     */
    public IdempotencyKey once(Visitor who, Form form, String thing, String... secrets) {
        return once(who.userId(), form, thing, secrets);
    }

    /** The same for a user who may be a guest. */
    public IdempotencyKey once(int userId, Form form, String thing, String... secrets) {
        if (form.key().isEmpty()) {
            throw Problem.of(ErrorCode.FORM_EXPIRED).exception();
        }
        return Applied.key(userId, path() + thing, form.key(), form.contents(secrets));
    }

    /**
     * The one-time key of a form with files.
     *
     * @param files a text that is another for other files
     */
    public IdempotencyKey onceWithFiles(Visitor who, Form form, String files) {
        if (form.key().isEmpty()) {
            throw Problem.of(ErrorCode.FORM_EXPIRED).exception();
        }
        return Applied.key(who.userId(), path(), form.key(), form.contents() + files);
    }

    /** Redirects to the result of a form that was applied before. */
    public Response goTo(String path, Applied.Before<?> before) {
        Words words = words(Words.COMMON);
        return goTo(
                path,
                before.same()
                        ? Notice.done(words.text("ya_aplicado"))
                        : Notice.problem(words.text("ya_aplicado_otro")));
    }

    /**
     * Redirects back from a form whose object is gone or belongs to another user, with a polite message that does not
     * say which, and a line in {@code security.log}.
     */
    public Response gone(String path) {
        SecurityLog.notFound(this);
        return goTo(path, Notice.problem(words(Words.COMMON).text("ya_no_esta")));
    }

    /** Redirects to another page after a form was applied, with a message about it. */
    public Response goTo(String path, Notice notice) {
        if (isPart()) {
            // htmx would follow a redirect by itself, and put the page into a part of this one.
            return Response.noContent()
                    .header("HX-Redirect", path)
                    .cookie(cookies.changed())
                    .cookie(cookies.notice(notice, csrf))
                    .build();
        }
        return seeOther(path)
                .cookie(cookies.changed())
                .cookie(cookies.notice(notice, csrf))
                .build();
    }

    public Response goTo(String path) {
        return isPart()
                ? Response.noContent()
                        .header("HX-Redirect", path)
                        .cookie(cookies.changed())
                        .build()
                : seeOther(path).cookie(cookies.changed()).build();
    }

    /** Redirects with a new session after signing in. */
    Response enter(String path, WebSession session) {
        NewCookie cookie = cookies.session(session);
        return seeOther(path).cookie(cookies.changed()).cookie(cookie).build();
    }

    /** Redirects without a session. */
    public Response leave(String path) {
        return seeOther(path).cookie(cookies.noSession()).build();
    }

    /** @param path one of ours, or the result of {@link LocalPath#of} for a caller's */
    private static Response.ResponseBuilder seeOther(String path) {
        return Response.seeOther(URI.create(LocalPath.encoded(path)));
    }
}
