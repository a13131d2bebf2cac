package com.electroisla.http.server;

import com.electroisla.RunningServer;
import com.electroisla.Shop;
import com.electroisla.groupcommit.GroupCommitFigures;
import com.electroisla.reservation.ReleaseLag;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * Publishes the figures of the group commits and the sweep in {@code /metrics}. An average is a quotient of two rates:
 * the mean batch is {@code requests / batches}, the mean wait {@code waiting / requests}, the mean transaction
 * {@code committing / batches}.
 */
@ApplicationScoped
final class CommitMetrics {
    void bind(@Observes StartupEvent started, MeterRegistry registry) {
        bind(registry, "reservations", shop -> shop.reservations().queueLength(), shop -> shop.reservations().figures());
        bind(registry, "carts", shop -> shop.carts().queueLength(), shop -> shop.carts().figures());
        bindAside(registry, "reservations", shop -> shop.reservations().waitingForLocks());
        bindAside(registry, "carts", shop -> shop.carts().waitingForLocks());
        bindReleaseLag(registry);
        Gauge.builder("electro_isla.ids.used.ratio", () -> RunningServer.shop().fullestIds())
                .description("how much of a table's ids is given out, of the fullest one").register(registry);
        bindConnections(registry, Connections.OF_THIS_SERVER);
    }

    private static void bindConnections(MeterRegistry registry, Connections connections) {
        Gauge.builder("electro_isla.connections", connections::open).description("connections that are open").register(registry);
        Gauge.builder("electro_isla.streams", connections.streams::count).description("pages that are kept up to date").register(registry);
        Gauge.builder("electro_isla.bodies.bytes", connections.bodies::taken).description("held for bodies, weighed").register(registry);
        Gauge.builder("electro_isla.unread.bytes", connections::unread).description("answers that wait for their readers").register(registry);
    }

    /**
     * Binds {@code electro_isla_release_lag_seconds_count} and {@code _sum},
     * {@code electro_isla_release_lag_max_seconds}.
     */
    private static void bindReleaseLag(MeterRegistry registry) {
        Supplier<ReleaseLag> lag = () -> RunningServer.shop().expireReservations().lag();
        FunctionTimer.builder("electro_isla.release.lag", lag, it -> it.get().count(), it -> seconds(it.get().sum()), TimeUnit.SECONDS)
                .description("how long after their time this instance's sweep released holds").register(registry);
        Gauge.builder("electro_isla.release.lag.max.seconds", () -> seconds(lag.get().maximum()))
                .description("the longest of the last minutes").register(registry);
    }

    private static void bindAside(MeterRegistry registry, String queue, ToIntFunction<Shop> length) {
        Gauge.builder("electro_isla.commit.aside", () -> length.applyAsInt(RunningServer.shop()))
                .description("requests that wait for a row that somebody has locked").tag("queue", queue).register(registry);
    }

    private static void bind(MeterRegistry registry, String queue, ToIntFunction<Shop> length, Function<Shop, GroupCommitFigures> figures) {
        Gauge.builder("electro_isla.commit.queue", () -> length.applyAsInt(RunningServer.shop()))
                .description("requests that wait for their turn").tag("queue", queue).register(registry);
        count(registry, queue, figures, "batches", "batches that were committed", GroupCommitFigures::batches);
        count(registry, queue, figures, "requests", "requests that were decided in them", GroupCommitFigures::requests);
        count(registry, queue, figures, "waiting.seconds", "how long they waited for their turn, added up", it -> seconds(it.waiting()));
        count(registry, queue, figures, "committing.seconds", "how long the transactions took, added up", it -> seconds(it.committing()));
        count(registry, queue, figures, "refused", "requests sent away: queue full or wait too long", GroupCommitFigures::refused);
        count(registry, queue, figures, "retries", "transactions that ran again", GroupCommitFigures::retries);
    }

    private static void count(MeterRegistry registry, String queue, Function<Shop, GroupCommitFigures> figures, String name, String description,
            ToDoubleFunction<GroupCommitFigures> value) {
        FunctionCounter.builder("electro_isla.commit." + name, figures, it -> value.applyAsDouble(it.apply(RunningServer.shop())))
                .description(description).tag("queue", queue).register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
