package com.electroisla.http.server;

import com.electroisla.RunningServer;
import com.electroisla.Shop;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that the database answers and the engine can commit, both within a second. */
@Readiness
@ApplicationScoped
public class DatabaseReady implements HealthCheck {
    private static final int PATIENCE_SECONDS = 1;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("base_de_datos").status(answers(RunningServer.shop())).build();
    }

    /** Asks on a thread of its own: an exhausted pool would block this one for longer. */
    private static boolean answers(Shop shop) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("health").start(() -> {
            try {
                answer.complete(shop.database().read(handle -> handle.getConnection().isValid(PATIENCE_SECONDS)) && shop.reservations().canCommit());
            } catch (Throwable unavailable) {
                answer.complete(false);
            }
        });
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException late) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
