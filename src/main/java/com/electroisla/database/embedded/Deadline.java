package com.electroisla.database.embedded;

import java.time.Duration;

/** The moment by which something must have happened: every loop that waits in this package asks one. */
record Deadline(long nanoTime) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean passed() {
        return System.nanoTime() - nanoTime >= 0;
    }

    /** Waits a little between two looks at something that announces itself in no better way. */
    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Se interrumpió la espera por la base de datos incluida.", interrupted);
        }
    }
}
