package com.electroisla.drill;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** The buyers' HTTP client. It never sends a request twice by itself: the JDK's client repeats no POST. */
final class ShopClient {
    /** Longer than a server lets a request wait for its answer (10 s in the queue, 20 s for the commit). */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** @param body empty for none */
    record Request(String method, String path, String token, Optional<String> key, String body) {}

    /** The result of a request. */
    sealed interface Reply {
        record Answered(int status, byte[] body) implements Reply {}

        /** The connection broke or no answer came: the request may have been done, or be done later. */
        record Broken() implements Reply {}

        /** There was no connection to send it over. */
        record NotSent() implements Reply {}
    }

    Reply send(int port, Request request) {
        return sendAsync(port, request).join();
    }

    /** Tells of an event in a provider's name. */
    Reply tell(int port, String path, Map<String, String> headers, byte[] event) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofByteArray(event))
                .header("Content-Type", "application/json");
        headers.forEach(builder::header);
        return http.sendAsync(builder.build(), BodyHandlers.ofByteArray())
                .handle(ShopClient::reply)
                .join();
    }

    CompletableFuture<Reply> sendAsync(int port, Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + request.path()))
                .timeout(PATIENCE)
                .method(
                        request.method(),
                        request.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + request.token());
        request.key().ifPresent(key -> builder.header("Idempotency-Key", key));
        return http.sendAsync(builder.build(), BodyHandlers.ofByteArray()).handle(ShopClient::reply);
    }

    private static Reply reply(HttpResponse<byte[]> response, Throwable failure) {
        if (failure == null) {
            return new Reply.Answered(response.statusCode(), response.body());
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new Reply.NotSent();
        }
        if (cause instanceof IOException) {
            return new Reply.Broken();
        }
        throw new IllegalStateException(failure);
    }
}
