package com.electroisla.drill;

import com.electroisla.settings.Setting;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The mail server of the drill, in the drill's own process: it outlives every death, takes every mail, and notes whose
 * it was and when it came.
 */
final class DrillMailServer implements AutoCloseable {
    private static final String SENDER = "tienda@example.com";
    /** Mails are thrown away by so many, so that a long drill has room. */
    private static final int KEPT = 500;

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Queue<Mail> mails = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /**
     * A mail, noted before its sender was told that it is accepted.
     *
     * @param nanos the moment by {@link System#nanoTime}
     */
    record Mail(String messageId, String recipient, long nanos) {}

    DrillMailServer() {
        server.start();
        GreenMailUser everybody = server.setUser("todos@example.com", "todos", "todos");
        server.getUserManager().setMessageDeliveryHandler((mail, recipient) -> {
            note(new Mail(mail.getMessage().getMessageID(), recipient.getEmail(), System.nanoTime()));
            return everybody;
        });
    }

    private void note(Mail mail) throws MessagingException {
        mails.add(mail);
        if (count.incrementAndGet() % KEPT == 0) {
            try {
                server.purgeEmailFromAllMailboxes();
            } catch (FolderException failure) {
                throw new MessagingException("no room", failure);
            }
        }
    }

    /** The settings with which a shop sends its letters here. */
    Map<Setting, String> settings() {
        return Map.of(
                Setting.MAIL,
                "smtp://127.0.0.1:" + server.getSmtp().getPort(),
                Setting.MAIL_FROM,
                "Electro Isla <" + SENDER + ">");
    }

    /** All mails so far, in the order in which they came. */
    List<Mail> mails() {
        return List.copyOf(mails);
    }

    @Override
    public void close() {
        server.stop();
    }
}
