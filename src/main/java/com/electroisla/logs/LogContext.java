package com.electroisla.logs;

import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Whose work the log lines of this thread (in the server: of this request, whatever its thread) belong to. The console
 * prints both under the same names.
 */
public final class LogContext {
    private static final String REQUEST = "requestId";
    private static final String USER = "userId";

    private LogContext() {}

    /** A new request or command begins; nobody is known to be behind it yet. */
    public static void begin(String requestId) {
        MDC.put(REQUEST, requestId);
        MDC.remove(USER);
    }

    /** From now on the lines name this user. */
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
