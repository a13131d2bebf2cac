package com.electroisla.mail;

/** The way to the mail server. */
public interface Post extends AutoCloseable {
    /** A mail, ready to be sent. */
    record Parcel(String messageId, String recipient, String subject, String text, String html) {}

    /** The mail server's answer. */
    sealed interface Handed {
        record Accepted() implements Handed {}

        /** The mail server will never take it: there is no such mailbox. */
        record Refused(String why) implements Handed {}

        /** The mail may be taken another time, or was taken and the answer got lost. */
        record NotNow(String why) implements Handed {}

        /** The mail server takes no mail at all at the moment. */
        record Unreachable(String why) implements Handed {}
    }

    /** Hands the mail over and waits for the answer, at most a minute. Called by several threads at once. */
    Handed hand(Parcel parcel);

    @Override
    void close();
}
