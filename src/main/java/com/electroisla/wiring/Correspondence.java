package com.electroisla.wiring;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.event.DistributeEvents;
import com.electroisla.event.Listener;
import com.electroisla.event.Outbox;
import com.electroisla.mail.Composition;
import com.electroisla.mail.Mailbox;
import com.electroisla.mail.OrderLetters;
import com.electroisla.mail.Post;
import com.electroisla.mail.RefundLetters;
import com.electroisla.mail.SendLetters;
import com.electroisla.mail.post.QuteForm;
import com.electroisla.mail.post.SmtpPost;
import com.electroisla.order.OrderLinks;
import com.electroisla.settings.MailServer;
import com.electroisla.settings.Settings;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Events, their listeners, and the letters that follow; the templates and the mail's client wait for the first. */
final class Correspondence implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final List<Listener> LISTENERS =
            List.of(new OrderLetters(OrderLinks::make), new RefundLetters(OrderLinks::make));

    private final Settings settings;
    private final Database database;
    private final DatabaseClock clock;
    private final List<Listener> listeners;
    private final Outbox outbox;
    private final Composition composition;

    @GuardedBy("this")
    private @Nullable QuteForm form;

    @GuardedBy("this")
    private @Nullable Post post;

    @GuardedBy("this")
    private @Nullable SendLetters sender;

    /** @param further listeners beside the shop's own */
    Correspondence(Settings settings, Database database, DatabaseClock clock, List<Listener> further) {
        this.listeners = Stream.concat(LISTENERS.stream(), further.stream()).toList();
        this.outbox = DistributeEvents.outbox(listeners);
        this.settings = settings;
        this.database = database;
        this.clock = clock;
        this.composition = new Composition(settings.publicUrls().stream().findFirst(), settings.zone());
    }

    Outbox outbox() {
        return outbox;
    }

    DistributeEvents distributeEvents() {
        return new DistributeEvents(database, clock, listeners);
    }

    synchronized Mailbox mailbox() {
        return new Mailbox(
                database, clock, composition, form(), settings.mailServer().isPresent());
    }

    /** The one sender of this instance; empty when no mail server is set. */
    synchronized Optional<SendLetters> sendLetters() {
        if (sender == null && settings.mailServer().isPresent()) {
            MailServer server = settings.mailServer().get();
            post = new SmtpPost(server);
            sender = new SendLetters(database, clock, composition, form(), post, server.senderDomain());
        }
        return Optional.ofNullable(sender);
    }

    @GuardedBy("this")
    private QuteForm form() {
        if (form == null) {
            form = new QuteForm();
        }
        return form;
    }

    void startOn(Housekeeping housekeeping) {
        housekeeping.repeat(EVERY, "the distribution of events", distributeEvents()::run);
        sendLetters().ifPresent(letters -> housekeeping.repeat(EVERY, "the sending of letters", letters::run));
    }

    /** Begins no more letters. */
    synchronized void stop() {
        if (sender != null) {
            sender.close();
        }
    }

    @Override
    public synchronized void close() {
        if (post != null) {
            post.close();
        }
    }
}
