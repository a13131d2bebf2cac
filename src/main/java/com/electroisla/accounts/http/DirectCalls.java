package com.electroisla.accounts.http;

import com.electroisla.accounts.Accounts;
import com.electroisla.groupcommit.Reply;
import com.electroisla.http.Answer;
import com.electroisla.http.ProblemException;
import com.electroisla.http.server.Link;
import com.electroisla.http.server.Replies;
import com.electroisla.http.server.Responses;
import com.electroisla.idempotency.IdempotencyKey;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Calls of a buyer whose token was let in before, answered without leaving the event loop: in a rush the way through
 * JAX-RS and a thread of its own is more than half of what a call costs the server. Nothing here waits. A call that
 * needs a signature verified, the database asked or a refusal of its own goes on to its resource, which answers with
 * the same bytes.
 */
public final class DirectCalls {
    private static final Logger LOG = Logger.getLogger(DirectCalls.class.getName());

    private DirectCalls() {}

    /** A request that was handed over, and the answer to each of its outcomes. */
    public record Begun<R>(CompletionStage<Reply<R>> reply, Function<R, Answer> words) {}

    /** The work of one kind of call. */
    public interface Work<R> {
        /**
         * Hands the request over and returns at once.
         *
         * @throws ProblemException if the resource has to answer; nothing was handed over
         */
        Begun<R> begin(SignedInCall call);
    }

    /** Takes the call over; false if the resource has to answer it. */
    public static <R> boolean answers(RoutingContext context, Accounts accounts, Work<R> work) {
        if (Callers.admitRemembered(context, accounts).isEmpty()) {
            return false;
        }
        SignedInCall call = SignedInCall.of(context);
        Begun<R> begun;
        try {
            begun = work.begin(call);
        } catch (ProblemException unfit) {
            return false;
        }
        Context here = context.vertx().getOrCreateContext();
        begun.reply.thenAccept(reply -> here.runOnContext(_ -> answer(call, reply, begun.words)));
        return true;
    }

    /** The body of a call, which has been read. */
    public static byte[] body(SignedInCall call) {
        return Objects.requireNonNull(call.context().body().buffer()).getBytes();
    }

    /** The key of the call, if it has one. */
    public static Optional<IdempotencyKey> key(SignedInCall call) {
        return call.idempotencyKey(() -> body(call));
    }

    /**
     * Writes the answer. The outcome is durable already, so a fault here must neither pass for a refusal nor leave the
     * buyer waiting: a connection that ends says that the outcome is unknown.
     */
    private static <R> void answer(SignedInCall call, Reply<R> reply, Function<R, Answer> words) {
        try {
            Responses.write(call.context(), Replies.answer(reply, call.language(), words));
        } catch (Throwable fault) {
            LOG.log(Level.SEVERE, "an answer could not be written", fault);
            Link.cut(call.context().request());
        }
    }
}
