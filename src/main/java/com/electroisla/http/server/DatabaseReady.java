package com.electroisla.http.server;

import com.electroisla.database.Database;
import com.electroisla.reservation.ReservationEngine;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that the database answers and the engine can commit, both within a second. */
@Readiness
@Singleton
public class DatabaseReady implements HealthCheck {
    private static final int PATIENCE_SECONDS = 1;

    private final Instance<Database> database;
    private final Instance<ReservationEngine> reservations;

    DatabaseReady(Instance<Database> database, Instance<ReservationEngine> reservations) {
        this.database = database;
        this.reservations = reservations;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("base_de_datos").status(answers()).build();
    }

    /** Asks on a thread of its own: an exhausted pool would block this one for longer. */
    private boolean answers() {
        Database asked = database.get();
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("health").start(() -> {
            try {
                answer.complete(asked.read(handle -> handle.getConnection().isValid(PATIENCE_SECONDS))
                        && reservations.get().canCommit());
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
