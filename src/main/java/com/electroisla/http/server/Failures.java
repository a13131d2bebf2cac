package com.electroisla.http.server;

import com.electroisla.database.OutcomeUnknown;
import com.electroisla.database.SqlStates;
import com.electroisla.http.ErrorCode;
import com.electroisla.http.Problem;
import com.electroisla.http.ProblemException;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Turns a failure into the caller's problem. Expected failures keep their meaning; any other is a 500 whose cause goes
 * to the log, with the request id, and never into the answer.
 */
final class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final String RETRY_SECONDS = "2";

    private Failures() {}

    /**
     * The problem of a request.
     *
     * @param closed whether the caller's connection is gone
     * @param changed whether the request had changed something for good before it failed
     */
    static Problem problem(Throwable failure, boolean closed, boolean changed) {
        if (closed && isBrokenLink(failure)) {
            return problem(new ReaderGone(failure));
        }
        Problem problem = problem(failure);
        return changed && !(failure instanceof ProblemException) ? afterChange(problem) : problem;
    }

    /** Replaces a problem that asks for another try, which would change something a second time. */
    private static Problem afterChange(Problem problem) {
        return switch (problem.code()) {
            case INTERNAL_ERROR, BUSY, DATABASE_UNAVAILABLE, TOOK_TOO_LONG -> later(ErrorCode.OUTCOME_UNKNOWN);
            default -> problem;
        };
    }

    /** Whether a link to a client broke, and not one of ours to the database. */
    private static boolean isBrokenLink(Throwable failure) {
        if (SqlStates.isOfDatabase(failure)) {
            return false;
        }
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof HttpClosedException
                        || cause instanceof ClosedChannelException
                        || cause instanceof SocketException);
    }

    /**
     * Handles a failure of a connection: a client that is gone needs no log line. The writer of its answer gets the
     * exception too.
     */
    static void onLink(Throwable failure) {
        if (failure instanceof IOException || failure instanceof HttpClosedException) {
            LOG.debugf("a connection broke: %s", failure.getMessage());
        } else {
            LOG.error("a connection failed", failure);
        }
    }

    static Problem problem(Throwable failure) {
        return switch (failure) {
            case ReaderGone gone -> {
                LOG.debugf("an answer has no reader any more: %s", gone.getMessage());
                yield later(ErrorCode.BUSY);
            }
            case ProblemException expected -> expected.problem();
            case OutcomeUnknown open -> {
                if (open.getCause() instanceof Error) {
                    LOG.error("a fault during COMMIT", open);
                } else {
                    LOG.warn(open.getMessage());
                }
                yield later(ErrorCode.OUTCOME_UNKNOWN);
            }
            case WebApplicationException refused ->
                forStatus(refused.getResponse().getStatus(), refused);
            default -> unexpected(failure);
        };
    }

    /** The problem for a bare HTTP status; a status without a code of its own gets the nearest one. */
    static Problem forStatus(int status, @Nullable Throwable cause) {
        ErrorCode code = switch (status) {
            case 401 -> ErrorCode.NOT_SIGNED_IN;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404, 410 -> ErrorCode.NOT_FOUND;
            case 405, 501 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 406 -> ErrorCode.NOT_ACCEPTABLE;
            case 408 -> ErrorCode.REQUEST_TIMEOUT;
            case 413 -> ErrorCode.BODY_TOO_LARGE;
            case 414 -> ErrorCode.URL_TOO_LONG;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> ErrorCode.TOO_MANY_REQUESTS;
            case 431 -> ErrorCode.HEADERS_TOO_LARGE;
            case 503 -> ErrorCode.BUSY;
            default -> status >= 400 && status < 500 ? ErrorCode.MALFORMED_REQUEST : ErrorCode.INTERNAL_ERROR;
        };
        if (code == ErrorCode.INTERNAL_ERROR) {
            return unexpected(cause == null ? new IllegalStateException("status " + status) : cause);
        }
        return code == ErrorCode.BUSY ? later(code) : Problem.of(code);
    }

    private static Problem unexpected(Throwable failure) {
        if (SqlStates.isLockTimeout(failure)) {
            LOG.warnf("somebody sits on a lock: %s", failure.getMessage());
            return later(ErrorCode.BUSY);
        }
        if (SqlStates.isPoolTimeout(failure)) {
            LOG.warnf("no connection was free in time: %s", failure.getMessage());
            return later(ErrorCode.BUSY);
        }
        if (SqlStates.tookTooLong(failure)) {
            LOG.warnf("a statement took too long: %s", failure.getMessage());
            return Problem.of(ErrorCode.TOOK_TOO_LONG);
        }
        if (SqlStates.isUnavailable(failure)) {
            LOG.warnf("database unavailable: %s", failure.getMessage());
            return later(ErrorCode.DATABASE_UNAVAILABLE);
        }
        LOG.error("unexpected failure", failure);
        return Problem.of(ErrorCode.INTERNAL_ERROR);
    }

    /** The refusal of a request that may be repeated in a moment. */
    static Problem later(ErrorCode code) {
        return Problem.of(code).withHeader("Retry-After", RETRY_SECONDS);
    }
}
