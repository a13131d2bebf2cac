package com.electroisla.payment.provider;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.model.checkout.Session;
import com.stripe.net.Authenticator;
import com.stripe.net.BearerTokenAuthenticator;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.LiveStripeResponseGetter;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import com.stripe.net.StripeResponseGetterOptions;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's own library, for the calls that the shop makes. The library makes the requests and reads the answers; they
 * travel through {@link ProviderHttp}, because the library's own transport follows redirects with the key, keeps
 * answers of any size, and has no deadline over a whole call.
 */
final class StripeApi {
    private static final String NAME = StripeProvider.NAME;
    private static final String REFUND = "reembolso";
    /** As many as Stripe lists at once; nobody pays a charge back in more parts. */
    private static final long MOST_REFUNDS = 100;

    private final StripeClient client;

    StripeApi(ProviderHttp http, URI api, String key) {
        this.client = new StripeClient(new LiveStripeResponseGetter(new Options(api, key), new Transport(http)));
    }

    /** A call of the library's. */
    private interface Call<T> {
        T run() throws StripeException;
    }

    Session begin(SessionCreateParams params, String key) {
        return call(
                () -> client.v1().checkout().sessions().create(params, once(key)),
                failure -> new ProviderRefused(NAME, code(failure)));
    }

    Session session(String reference) {
        return call(() -> client.v1().checkout().sessions().retrieve(reference), StripeApi::notUnderstood);
    }

    /** The refund that was made before under this number: Stripe forgets keys after a day. */
    Optional<Refund> refund(String intent, long number) {
        List<Refund> made = call(
                () -> client.v1()
                        .refunds()
                        .list(RefundListParams.builder()
                                .setPaymentIntent(intent)
                                .setLimit(MOST_REFUNDS)
                                .build())
                        .getData(),
                StripeApi::notUnderstood);
        return made.stream()
                .filter(one -> one.getMetadata() != null
                        && Long.toString(number).equals(one.getMetadata().get(REFUND)))
                .findFirst();
    }

    /** @throws ProviderRefused with Stripe's code, when it cannot be paid back this way */
    Refund makeRefund(String intent, long units, long number) {
        var params = RefundCreateParams.builder()
                .setPaymentIntent(intent)
                .setAmount(units)
                .putMetadata(REFUND, Long.toString(number))
                .build();
        return call(
                () -> client.v1().refunds().create(params, once(REFUND + "-" + number + "-" + intent)),
                failure -> new ProviderRefused(NAME, code(failure)));
    }

    private static RequestOptions once(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    /** Whether the outcome of a failed call is known: Stripe understood it and will not do it. */
    private static boolean isRefusal(StripeException failure) {
        Integer status = failure.getStatusCode();
        return status != null && (status == 400 || status == 402 || status == 404) && failure.getCode() != null;
    }

    private static <T> T call(Call<T> call, Function<StripeException, RuntimeException> refused) {
        try {
            T result = call.run();
            if (result == null) {
                throw new ProviderUnavailable(NAME, "an empty answer");
            }
            return result;
        } catch (StripeException failure) {
            throw isRefusal(failure) ? refused.apply(failure) : notUnderstood(failure);
        } catch (ProviderUnavailable unavailable) {
            throw unavailable;
        } catch (RuntimeException unreadable) {
            // The library expects objects where objects belong.
            throw new ProviderUnavailable(NAME, "an unreadable answer");
        }
    }

    private static RuntimeException notUnderstood(StripeException failure) {
        return new ProviderUnavailable(NAME, "status " + failure.getStatusCode() + " " + code(failure));
    }

    /** Stripe's code of a fault, without its words. */
    private static String code(StripeException failure) {
        String code = failure.getCode();
        return code != null && code.matches("[a-z0-9_]{1,60}")
                ? code
                : failure.getClass().getSimpleName();
    }

    /** The way of the library's requests. */
    private static final class Transport extends HttpClient {
        private final ProviderHttp http;

        Transport(ProviderHttp http) {
            this.http = http;
        }

        @Override
        public StripeResponse request(StripeRequest request) {
            Map<String, String> headers = new HashMap<>();
            request.headers().map().forEach((name, values) -> headers.put(name, String.join(",", values)));
            headers.put("User-Agent", buildUserAgentString(request));
            byte[] body = new byte[0];
            if (request.content() != null) {
                headers.put("Content-Type", request.content().contentType());
                body = request.content().byteArrayContent();
            }
            var response = http.send(NAME, request.method().name(), address(request), headers, body);
            return new StripeResponse(
                    response.status(),
                    HttpHeaders.of(response.headers()),
                    new String(response.body(), StandardCharsets.UTF_8));
        }

        private static URI address(StripeRequest request) {
            try {
                return request.url().toURI();
            } catch (URISyntaxException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** The library's settings: one try a call. */
    private static final class Options extends StripeResponseGetterOptions {
        private final URI api;
        private final Authenticator authenticator;

        Options(URI api, String key) {
            this.api = api;
            this.authenticator = new BearerTokenAuthenticator(key);
        }

        @Override
        public Authenticator getAuthenticator() {
            return authenticator;
        }

        @Override
        public @Nullable String getClientId() {
            return null;
        }

        @Override
        public int getConnectTimeout() {
            return 0;
        }

        @Override
        public int getReadTimeout() {
            return 0;
        }

        @Override
        public int getMaxNetworkRetries() {
            return 0;
        }

        @Override
        public @Nullable Proxy getConnectionProxy() {
            return null;
        }

        @Override
        public @Nullable PasswordAuthentication getProxyCredential() {
            return null;
        }

        @Override
        public String getApiBase() {
            return api.toString();
        }

        @Override
        public String getFilesBase() {
            return api.toString();
        }

        @Override
        public String getConnectBase() {
            return api.toString();
        }

        @Override
        public String getMeterEventsBase() {
            return api.toString();
        }

        @Override
        public @Nullable String getStripeAccount() {
            return null;
        }

        @Override
        public @Nullable String getStripeContext() {
            return null;
        }
    }
}
