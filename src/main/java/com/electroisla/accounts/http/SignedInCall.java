package com.electroisla.accounts.http;

import com.electroisla.accounts.Caller;
import com.electroisla.http.Language;
import com.electroisla.http.Problem;
import com.electroisla.http.server.ClientInfo;
import com.electroisla.idempotency.IdempotencyKey;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request by a signed-in user: account, address, language and idempotency key. */
public record SignedInCall(Caller caller, ClientInfo client, Language language, RoutingContext context) {

    public static SignedInCall of(RoutingContext context) {
        return new SignedInCall(
                Callers.of(context),
                ClientInfo.of(context),
                Language.preferredBy(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE)),
                context);
    }

    public int userId() {
        return caller.userId();
    }

    public String address() {
        return client.address().getHostAddress();
    }

    public String userAgent() {
        return client.userAgent();
    }

    public @Nullable String contentType() {
        return context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    }

    /** The {@code Idempotency-Key}; a blank one counts as absent. */
    public Optional<IdempotencyKey> idempotencyKey(byte[] body) {
        return idempotencyKey(() -> body);
    }

    /** @param body what tells this request from another one under the same key; asked for only where there is a key */
    public Optional<IdempotencyKey> idempotencyKey(Supplier<byte[]> body) {
        String key = context.request().getHeader("Idempotency-Key");
        if (key == null || key.isBlank()) {
            return Optional.empty();
        }
        if (key.length() > IdempotencyKey.LONGEST_KEY) {
            throw Problem.invalidField("Idempotency-Key", "campo_largo", Integer.toString(IdempotencyKey.LONGEST_KEY))
                    .exception();
        }
        // A path with or without its final slash is the same call.
        String path =
                context.normalizedPath().endsWith("/") ? context.normalizedPath() : context.normalizedPath() + "/";
        return Optional.of(
                IdempotencyKey.of(userId(), context.request().method().name(), path, key, body.get()));
    }
}
