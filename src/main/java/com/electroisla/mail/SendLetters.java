package com.electroisla.mail;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.SqlStates;
import com.electroisla.mail.Post.Handed;
import com.electroisla.mail.Post.Parcel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Hands the letters that are due to the mail server, on any number of servers at once.
 *
 * <p>Invariant: a letter is in the hands of one sender at a time, for the length of a lease that is longer than any
 * attempt, and it is pending until the mail server has accepted it: so none is lost. Between that acceptance and the
 * mark of it, a transaction that follows at once and is repeated while the database is away, the sender may be killed;
 * then the letter is sent a second time when the lease is over, with the same Message-ID, by which a receiver can drop
 * the double. No protocol of mail can do better.
 *
 * <p>A failed letter is tried again, after pauses that double up to an hour, until its time is over.
 */
public final class SendLetters {
    private static final Logger LOG = Logger.getLogger(SendLetters.class.getName());
    private static final int AT_ONCE = 8;
    /** Longer than an attempt, which ends within a minute, and its mark. */
    static final Duration LEASE = Duration.ofMinutes(5);

    private static final Duration MARKED_WITHIN = Duration.ofMinutes(3);
    private static final Duration BETWEEN_MARKS = Duration.ofSeconds(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int LONGEST_FAILURE = 500;

    private final Database database;
    private final DatabaseClock clock;
    private final Composition composition;
    private final LetterForm form;
    private final Post post;
    private final String senderDomain;

    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean reached = true;

    /** @param senderDomain the part of the sender's address after the {@code @}, for the mails' ids */
    public SendLetters(
            Database database,
            DatabaseClock clock,
            Composition composition,
            LetterForm form,
            Post post,
            String senderDomain) {
        this.database = database;
        this.clock = clock;
        this.composition = composition;
        this.form = form;
        this.post = post;
        this.senderDomain = senderDomain;
    }

    /** Sends all letters that are due, unless the mail server cannot be reached, and returns how many it accepted. */
    public int run() {
        int accepted = 0;
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            while (!isClosed()) {
                List<StoredLetter> due =
                        database.inTransaction(handle -> LetterSql.take(handle, clock.now(handle), AT_ONCE, LEASE));
                List<Handed> answers = all(senders, due);
                accepted += (int) answers.stream()
                        .filter(Handed.Accepted.class::isInstance)
                        .count();
                boolean away = answers.stream().anyMatch(Handed.Unreachable.class::isInstance);
                tell(away, answers);
                if (due.isEmpty() || away) {
                    return accepted;
                }
            }
        }
        return accepted;
    }

    /** Ends after the letters that are in its hands. */
    public void close() {
        closing.countDown();
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    private List<Handed> all(ExecutorService senders, List<StoredLetter> due) {
        List<Future<Handed>> sending =
                due.stream().map(letter -> senders.submit(() -> send(letter))).toList();
        List<Handed> answers = new ArrayList<>();
        for (Future<Handed> each : sending) {
            try {
                answers.add(each.get());
            } catch (ExecutionException failure) {
                // The letter stays in hand until its lease is over, and is tried again then.
                LOG.log(Level.WARNING, "a letter could not be sent", failure.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                close();
                return answers;
            }
        }
        return answers;
    }

    private Handed send(StoredLetter letter) {
        Handed answer = post.hand(parcel(letter));
        long deadline = System.nanoTime() + MARKED_WITHIN.toNanos();
        while (true) {
            try {
                database.useTransaction(handle -> mark(handle, letter, answer));
                return answer;
            } catch (RuntimeException failure) {
                if (!SqlStates.isUnavailable(failure) || System.nanoTime() - deadline >= 0 || closesMeanwhile()) {
                    throw failure;
                }
            }
        }
    }

    /** Waits before the next try of a mark; true when there is to be none. */
    private boolean closesMeanwhile() {
        try {
            return closing.await(BETWEEN_MARKS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void mark(Handle handle, StoredLetter letter, Handed answer) {
        Instant now = clock.now(handle);
        switch (answer) {
            case Handed.Accepted() -> LetterSql.sent(handle, letter.id(), now);
            case Handed.Refused(String why) -> LetterSql.failed(handle, letter, cut(why));
            case Handed.NotNow(String why) ->
                LetterSql.notYet(handle, letter, cut(why), now.plus(pause(letter.attempts())));
            case Handed.Unreachable(String why) ->
                LetterSql.notYet(handle, letter, cut(why), now.plus(pause(letter.attempts())));
        }
    }

    private Parcel parcel(StoredLetter letter) {
        Document document = composition.document(letter);
        return new Parcel(
                messageId(letter), letter.recipient(), document.subject(), form.text(document), form.html(document));
    }

    /** The same at each attempt. */
    private String messageId(StoredLetter letter) {
        return "<correo." + letter.id() + "." + letter.createdAt().toEpochMilli() + "@" + senderDomain + ">";
    }

    /** The pause after so many attempts. */
    static Duration pause(int attempts) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.clamp(attempts - 1, 0, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Logs once that the mail server went away, and once that it is back. */
    private void tell(boolean away, List<Handed> answers) {
        if (away && reached) {
            reached = false;
            answers.stream()
                    .filter(Handed.Unreachable.class::isInstance)
                    .map(Handed.Unreachable.class::cast)
                    .findFirst()
                    .ifPresent(answer -> LOG.log(
                            Level.WARNING, "the mail server cannot be reached, letters wait: {0}", cut(answer.why())));
        } else if (!away && !answers.isEmpty() && !reached) {
            reached = true;
            LOG.info("the mail server takes letters again");
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_FAILURE ? text : text.substring(0, LONGEST_FAILURE);
    }
}
