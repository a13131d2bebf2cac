package com.electroisla.logs;

import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The request and the user to which the log lines of this thread belong (in the server: of this request, whatever its
 * thread). The console prints both under the same names.
 */
public final class LogContext {
    private static final String REQUEST = "requestId";
    private static final String USER = "userId";

    private LogContext() {}

    /** Begins a new request or command, with no user known yet. */
    public static void begin(String requestId) {
        MDC.put(REQUEST, requestId);
        MDC.remove(USER);
    }

    /** Sets the user of the following lines. */
    public static void user(long userId) {
        MDC.put(USER, Long.toString(userId));
    }

    static @Nullable Object requestId() {
        return MDC.get(REQUEST);
    }

    static @Nullable Object userId() {
        return MDC.get(USER);
    }
}
