package com.electroisla.http.server;

import com.electroisla.cart.Carts;
import com.electroisla.database.IdWatch;
import com.electroisla.groupcommit.GroupCommitFigures;
import com.electroisla.reconciliation.Reconcile;
import com.electroisla.reservation.ExpireReservations;
import com.electroisla.reservation.ReleaseLag;
import com.electroisla.reservation.ReservationEngine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Publishes the figures of the group commits, the sweep and the reconciliation in
 * {@code /metrics}. An average is a quotient of two rates:
 * the mean batch is {@code requests / batches}, the mean wait {@code waiting / requests}, the mean transaction
 * {@code committing / batches}. A meter has only a weak reference to its object, which is therefore this bean: it
 * lives as long as the server.
 */
@Singleton
final class CommitMetrics {
    private final Instance<ReservationEngine> reservations;
    private final Instance<Carts> carts;
    private final Instance<ExpireReservations> sweep;
    private final Instance<IdWatch> ids;
    private final Instance<Reconcile> reconcile;

    CommitMetrics(
            Instance<ReservationEngine> reservations,
            Instance<Carts> carts,
            Instance<ExpireReservations> sweep,
            Instance<IdWatch> ids,
            Instance<Reconcile> reconcile) {
        this.reservations = reservations;
        this.carts = carts;
        this.sweep = sweep;
        this.ids = ids;
        this.reconcile = reconcile;
    }

    void bind(@Observes StartupEvent started, MeterRegistry registry) {
        bind(
                registry,
                "reservations",
                () -> reservations.get().queueLength(),
                () -> reservations.get().figures());
        bind(
                registry,
                "carts",
                () -> carts.get().queueLength(),
                () -> carts.get().figures());
        bindAside(registry, "reservations", () -> reservations.get().waitingForLocks());
        bindAside(registry, "carts", () -> carts.get().waitingForLocks());
        bindReleaseLag(registry, () -> sweep.get().lag());
        Gauge.builder("electro_isla.ids.used.ratio", () -> ids.get().fullest())
                .description("how much of a table's ids is given out, of the fullest one")
                .register(registry);
        bindReconciliation(registry, () -> reconcile.get().figures());
        bindConnections(registry, Connections.OF_THIS_SERVER);
    }

    private void bindReconciliation(MeterRegistry registry, Supplier<Reconcile.Figures> figures) {
        Gauge.builder("electro_isla.differences.open", () -> figures.get().open())
                .description("differences between figures and rows that nobody has ended")
                .register(registry);
        FunctionCounter.builder(
                        "electro_isla.differences.found",
                        this,
                        _ -> figures.get().found())
                .description("differences that this instance found")
                .register(registry);
        FunctionCounter.builder(
                        "electro_isla.reconciled", this, _ -> figures.get().looked())
                .description("products, orders and payments that this instance compared")
                .register(registry);
    }

    private static void bindConnections(MeterRegistry registry, Connections connections) {
        Gauge.builder("electro_isla.connections", connections::open)
                .description("connections that are open")
                .register(registry);
        Gauge.builder("electro_isla.streams", connections.streams::count)
                .description("pages that are kept up to date")
                .register(registry);
        Gauge.builder("electro_isla.bodies.bytes", connections.bodies::taken)
                .description("held for bodies, weighed")
                .register(registry);
        Gauge.builder("electro_isla.unread.bytes", connections::unread)
                .description("answers that wait for their readers")
                .register(registry);
    }

    /**
     * Binds {@code electro_isla_release_lag_seconds_count} and {@code _sum},
     * {@code electro_isla_release_lag_max_seconds}.
     */
    private void bindReleaseLag(MeterRegistry registry, Supplier<ReleaseLag> lag) {
        FunctionTimer.builder(
                        "electro_isla.release.lag",
                        this,
                        _ -> lag.get().count(),
                        _ -> seconds(lag.get().sum()),
                        TimeUnit.SECONDS)
                .description("how long after their time this instance's sweep released holds")
                .register(registry);
        Gauge.builder(
                        "electro_isla.release.lag.max.seconds",
                        () -> seconds(lag.get().maximum()))
                .description("the longest of the last minutes")
                .register(registry);
    }

    private static void bindAside(MeterRegistry registry, String queue, Supplier<Number> length) {
        Gauge.builder("electro_isla.commit.aside", length)
                .description("requests that wait for a row that somebody has locked")
                .tag("queue", queue)
                .register(registry);
    }

    private void bind(
            MeterRegistry registry, String queue, Supplier<Number> length, Supplier<GroupCommitFigures> figures) {
        Gauge.builder("electro_isla.commit.queue", length)
                .description("requests that wait for their turn")
                .tag("queue", queue)
                .register(registry);
        count(registry, queue, figures, "batches", "batches that were committed", GroupCommitFigures::batches);
        count(registry, queue, figures, "requests", "requests that were decided in them", GroupCommitFigures::requests);
        count(
                registry,
                queue,
                figures,
                "waiting.seconds",
                "how long they waited for their turn, added up",
                it -> seconds(it.waiting()));
        count(
                registry,
                queue,
                figures,
                "committing.seconds",
                "how long the transactions took, added up",
                it -> seconds(it.committing()));
        count(
                registry,
                queue,
                figures,
                "refused",
                "requests sent away: queue full or wait too long",
                GroupCommitFigures::refused);
        count(registry, queue, figures, "retries", "transactions that ran again", GroupCommitFigures::retries);
    }

    private void count(
            MeterRegistry registry,
            String queue,
            Supplier<GroupCommitFigures> figures,
            String name,
            String description,
            ToDoubleFunction<GroupCommitFigures> value) {
        FunctionCounter.builder("electro_isla.commit." + name, this, _ -> value.applyAsDouble(figures.get()))
                .description(description)
                .tag("queue", queue)
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
