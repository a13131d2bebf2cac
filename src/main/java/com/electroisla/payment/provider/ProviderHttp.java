package com.electroisla.payment.provider;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of providers: one try each, over before a deadline that counts from the first byte sent to the last one
 * received, no redirect followed (it would take the key elsewhere), and no more of an answer kept than {@link Limits}
 * say. A call that fails for whatever reason is a {@link ProviderUnavailable}, because what it asked for may have been
 * done, unless there was no connection.
 */
final class ProviderHttp implements AutoCloseable {
    /**
     * The limits of a call.
     *
     * @param total from its beginning to the last byte of its answer
     * @param mostBytes of an answer
     */
    record Limits(Duration connect, Duration total, int mostBytes) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), 1 << 20);
    }

    record Response(int status, Map<String, List<String>> headers, byte[] body) {
        boolean isDone() {
            return status >= 200 && status < 300;
        }
    }

    private final Limits limits;

    @GuardedBy("this")
    private @Nullable HttpClient client;

    ProviderHttp(Limits limits) {
        this.limits = limits;
    }

    /** Made with the first call: a command makes none. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(limits.connect())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return client;
    }

    /** @param body empty: none is sent */
    Response send(String provider, String method, URI address, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(limits.total())
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        CompletableFuture<HttpResponse<byte[]>> answer = client().sendAsync(
                        request.build(),
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), limits.mostBytes()));
        try {
            HttpResponse<byte[]> response = answer.get(limits.total().toNanos(), TimeUnit.NANOSECONDS);
            return new Response(response.statusCode(), response.headers().map(), response.body());
        } catch (ExecutionException failed) {
            throw new ProviderUnavailable(provider, why(failed.getCause()), isBeforeSending(failed.getCause()));
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new ProviderUnavailable(provider, "no whole answer within " + limits.total());
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ProviderUnavailable(provider, "interrupted");
        }
    }

    private static boolean isBeforeSending(@Nullable Throwable failure) {
        return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
    }

    /** The kind of a failure: its message may name anything. */
    private static String why(@Nullable Throwable failure) {
        if (failure instanceof IOException) {
            return failure.getClass().getSimpleName();
        }
        throw new IllegalStateException("a call failed", failure);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
