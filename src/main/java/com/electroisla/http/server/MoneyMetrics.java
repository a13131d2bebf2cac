package com.electroisla.http.server;

import com.electroisla.admin.MoneyFigures;
import com.electroisla.order.LapseOrders;
import com.electroisla.payment.PaymentState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Publishes the figures of money in {@code /metrics}: payments by state, refunds that are owed, and holds and orders
 * that never became money.
 */
@Singleton
final class MoneyMetrics {
    private static final String LATE = "tarde";

    private final Instance<MoneyFigures> money;
    private final Instance<LapseOrders> lapse;

    MoneyMetrics(Instance<MoneyFigures> money, Instance<LapseOrders> lapse) {
        this.money = money;
        this.lapse = lapse;
    }

    void bind(@Observes StartupEvent started, MeterRegistry registry) {
        Stream.concat(Arrays.stream(PaymentState.values()).map(PaymentState::word), Stream.of(LATE))
                .forEach(state -> Gauge.builder(
                                "electro_isla.payments.last.hour",
                                () -> money.get().figures().payments().getOrDefault(state, 0L))
                        .description("payments that were begun in the last hour, by their state now")
                        .tag("state", state)
                        .register(registry));
        Gauge.builder(
                        "electro_isla.refunds.owed",
                        () -> money.get().figures().owed().count())
                .description("refunds that are owed and not given yet")
                .register(registry);
        Gauge.builder(
                        "electro_isla.refunds.owed.amount",
                        () -> money.get().figures().owed().amount())
                .description("their sum, in the shop's currency")
                .register(registry);
        Gauge.builder(
                        "electro_isla.holds.unsold.last.hour",
                        () -> money.get().figures().unsold())
                .description("holds of the last hour that ended without a sale")
                .register(registry);
        FunctionCounter.builder(
                        "electro_isla.orders.lapsed", this, _ -> lapse.get().count())
                .description("orders that this instance cancelled because no money came in time")
                .register(registry);
    }
}
