package com.electroisla.oldfront.http;

import com.electroisla.accounts.Client;
import com.electroisla.accounts.Holder;
import com.electroisla.accounts.TokenPair;
import com.electroisla.http.Answer;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Json;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.http.server.ClientInfo;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.limits.LimitResult;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** One request of the sign-in pages: its caller, and the shapes in which they read answers. */
record AuthEdge(RoutingContext context, Language language) {
    private static final Problem BUSY = Problem.of(ErrorCode.BUSY).withHeader(HttpHeaders.RETRY_AFTER, "2");

    static AuthEdge of(RoutingContext context) {
        return new AuthEdge(context, Language.preferredBy(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
    }

    Client client() {
        ClientInfo info = ClientInfo.of(context);
        return new Client(info.address(), info.userAgent());
    }

    <T> T read(byte[] body, Class<T> type) {
        return Json.read(body, context.request().getHeader(HttpHeaders.CONTENT_TYPE), type);
    }

    /** A text as it was sent; an absent or empty one is a 400 that names its field. */
    static String required(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw Problem.invalidField(field, "campo_obligatorio").exception();
        }
        return value;
    }

    /** The same without blanks around it. */
    static String stripped(String field, @Nullable String value) {
        return required(field, value == null ? null : value.strip());
    }

    Response answer(Problem problem) {
        return Responses.of(problem.answer(language));
    }

    /** The problem as a 400, the only status by which the sign-up page knows a refusal. */
    Response badRequest(Problem problem) {
        Answer answer = problem.with("detalles", new String[] {problem.message(language)})
                .answer(language);
        return Responses.of(new Answer(400, answer.body(), answer.headers()));
    }

    Response busy() {
        return answer(BUSY);
    }

    /** The 429 with which these pages count down. */
    Response tooMany(LimitResult.Exceeded limit) {
        Problem problem = Replies.problem(limit);
        return answer(problem.with("bloqueado", true)
                .with("tiempo_restante", limit.retryAfterSeconds())
                .with("mensaje", problem.message(language)));
    }

    record MessageJson(String message) {}

    /** An account in the names of the old front end. */
    record UserJson(int id, String email, String nombre, String rol) {
        static UserJson of(Holder holder) {
            return new UserJson(
                    holder.id(), holder.email(), holder.name(), holder.role().text());
        }
    }

    record SessionJson(@JsonProperty("accessToken") String accessToken, UserJson user) {
        static SessionJson of(TokenPair tokens, Holder holder) {
            return new SessionJson(tokens.accessToken(), UserJson.of(holder));
        }
    }
}
