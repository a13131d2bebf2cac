package com.electroisla.database.embedded;

import java.time.Duration;

/** The moment by which something must have happened; every waiting loop in this package has one. */
record Deadline(long nanoTime) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean passed() {
        return System.nanoTime() - nanoTime >= 0;
    }

    /** Waits briefly between two checks of a state that sends no notification. */
    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Se interrumpió la espera por la base de datos incluida.", interrupted);
        }
    }
}
