package com.electroisla.http.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Calls of the API that are answered on the event loop, after the frame of every request and before JAX-RS. */
public final class FastPaths {
    private final Map<String, Predicate<RoutingContext>> posts = new HashMap<>();
    private final LongAdder taken = new LongAdder();

    FastPaths(MeterRegistry meters) {
        FunctionCounter.builder("electro_isla.direct.requests", taken, LongAdder::sum)
                .description("requests that were answered on the event loop")
                .register(meters);
    }

    /**
     * @param path of a resource, without the slash at its end
     * @param answers whether it takes the call over; it must not wait
     */
    public void post(String path, Predicate<RoutingContext> answers) {
        posts.put(path, answers);
    }

    void handle(RoutingContext context) {
        if (context.request().method() == HttpMethod.POST) {
            String path = RequestPath.bare(context);
            Predicate<RoutingContext> answers = posts.get(path);
            if (answers != null && answers.test(context)) {
                taken.increment();
                RequestMetrics.under(context, path);
                return;
            }
        }
        context.next();
    }
}
