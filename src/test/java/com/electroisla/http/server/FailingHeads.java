package com.electroisla.http.server;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Fails while the head of an answer is written, whoever writes it, once it is armed. This class is part of the tests,
 * not of the program.
 */
@Singleton
public class FailingHeads {
    private static final AtomicReference<@Nullable RuntimeException> NEXT = new AtomicReference<>();

    /** Fails in this way while the answer to the next request is written. */
    public static void failNext(RuntimeException how) {
        NEXT.set(how);
    }

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    RuntimeException how = NEXT.getAndSet(null);
                    if (how != null) {
                        context.addHeadersEndHandler(_ -> {
                            throw how;
                        });
                    }
                    context.next();
                },
                550);
    }
}
