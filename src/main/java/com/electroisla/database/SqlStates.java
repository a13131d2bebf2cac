package com.electroisla.database;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** Recognises database errors by SQLSTATE and constraint name, never by the words of the message. */
public final class SqlStates {
    public static final String UNIQUE_VIOLATION = "23505";
    public static final String FOREIGN_KEY_VIOLATION = "23503";
    public static final String CHECK_VIOLATION = "23514";
    public static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String CANNOT_CONNECT = "08001";
    private static final Set<String> LINK_GONE = Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04");

    private SqlStates() {}

    /** Whether the same transaction may succeed when run again. */
    public static boolean isRetryable(Throwable failure) {
        String state = sqlState(failure).orElse("");
        return state.equals("40001") || state.equals("40P01");
    }

    /** Whether a right is missing. */
    public static boolean isForbidden(Throwable failure) {
        return sqlState(failure).orElse("").equals("42501");
    }

    /**
     * Whether the link to the database is gone: class 08, the server is shutting down or starting (57P01 to 57P03),
     * the database was dropped (57P04), or the server ended a session that was silent or a transaction that took too
     * long (57P05, 25P03, 25P04).
     */
    public static boolean isConnectionLost(Throwable failure) {
        return LINK_GONE.contains(sqlState(failure).orElse(""))
                || sqlState(failure).orElse("").startsWith("08");
    }

    /**
     * Whether the work was stopped from outside and may succeed at once if repeated: the link is gone, or the
     * statement was cancelled (57014).
     */
    public static boolean isInterrupted(Throwable failure) {
        return isConnectionLost(failure) || sqlState(failure).orElse("").equals("57014");
    }

    /**
     * Whether the wait for a lock reached this connection's limit (55P03): another session holds it, and the database
     * is well.
     */
    public static boolean isLockTimeout(Throwable failure) {
        return sqlState(failure).orElse("").equals(LOCK_NOT_AVAILABLE);
    }

    /**
     * Whether the statement was given up because it took too long: by the server (57014), or by this side, whose link
     * then looks lost (class 08) though nothing is wrong with it.
     */
    public static boolean tookTooLong(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return !sqlState(failure).orElse("").equals(CANNOT_CONNECT);
            }
        }
        return sqlState(failure).orElse("").equals("57014");
    }

    /**
     * Whether no connection of our own pool was free in time (Agroal's exception has no SQLSTATE): the database may be
     * well.
     */
    public static boolean isPoolTimeout(Throwable failure) {
        return nearest(failure).isPresent() && sqlState(failure).isEmpty();
    }

    /** Whether one row of the request is to blame: its data (class 22) or a constraint that it violates (class 23). */
    public static boolean namesCulprit(Throwable failure) {
        String state = sqlState(failure).orElse("");
        return state.startsWith("22") || state.startsWith("23");
    }

    /** Whether the failure comes from the database or its driver, and not from this program. */
    public static boolean isOfDatabase(Throwable failure) {
        return nearest(failure).isPresent();
    }

    /**
     * Whether a COMMIT that failed so may have taken effect: the link is gone, or the server broke down (class 53 no
     * room, 58 its disk, XX itself) when the transaction may have been on the disk already. A refusal of the
     * transaction (class 23, 40) is none of these.
     */
    public static boolean mayHaveCommitted(Throwable failure) {
        String state = sqlState(failure).orElse("");
        return isConnectionLost(failure)
                || state.isEmpty()
                || state.startsWith("53")
                || state.startsWith("58")
                || state.startsWith("XX");
    }

    /**
     * Whether the database cannot serve now: no link, no connection to be had in time (Agroal's exception has no
     * SQLSTATE), a lock not free in time, no room or connections left (class 53), or a standby that takes no writes.
     */
    public static boolean isUnavailable(Throwable failure) {
        String state = sqlState(failure).orElse("");
        boolean noConnectionInTime = nearest(failure).isPresent() && state.isEmpty();
        return isConnectionLost(failure)
                || noConnectionInTime
                || state.startsWith("53")
                || state.equals(LOCK_NOT_AVAILABLE)
                || state.equals("25006");
    }

    /** The SQLSTATE of the nearest database error in the chain of causes. */
    public static Optional<String> sqlState(Throwable failure) {
        return nearest(failure).flatMap(error -> Optional.ofNullable(error.getSQLState()));
    }

    /** The constraint that was violated, if there was one. */
    public static Optional<String> constraint(Throwable failure) {
        return nearest(failure)
                .filter(PSQLException.class::isInstance)
                .flatMap(error -> Optional.ofNullable(((PSQLException) error).getServerErrorMessage()))
                .flatMap(message -> Optional.ofNullable(message.getConstraint()));
    }

    private static Optional<SQLException> nearest(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException error) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }
}
