package com.electroisla.admin;

import com.electroisla.mail.LetterState;
import com.electroisla.mail.Mailbox;
import com.electroisla.mail.StoredLetter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of letters, the newest first.
 *
 * @param search part of the recipient's address, or empty
 * @param sends whether a mail server is set
 * @param held how many letters are held back since a backup was restored
 * @param next the address of the page after this one; null on the last
 * @param older the address of the same question about older letters; null when all were looked at
 */
public record MailsView(
        String search,
        String state,
        List<String> states,
        boolean sends,
        int held,
        List<Row> rows,
        @Nullable String next,
        @Nullable String older,
        boolean first) {

    /** How many letters one question goes through. */
    public int lookedAt() {
        return Mailbox.mostLookedAt();
    }

    public String stateKey(String state) {
        return "estado_" + state;
    }

    public record Row(
            long id, String recipient, String kindKey, String subject, String stateKey, String css, Instant createdAt) {
        static Row of(StoredLetter letter, String subject) {
            return new Row(
                    letter.id(),
                    letter.recipient(),
                    "tipo_" + letter.kind().word(),
                    subject,
                    "estado_" + letter.state().word(),
                    css(letter.state()),
                    letter.createdAt());
        }

        private static String css(LetterState state) {
            return switch (state) {
                case PENDING, HELD -> "ojo";
                case SENT -> "bien";
                case FAILED -> "mal";
                case LAPSED -> "";
            };
        }
    }

    /**
     * One letter.
     *
     * @param text as it is sent, without its code for most readers
     * @param masked whether the reader is not shown the code
     */
    public record Detail(Row row, String text, StoredLetter letter, boolean masked, boolean canBeSentAgain) {
        public boolean isPending() {
            return letter.state() == LetterState.PENDING;
        }

        public boolean isHeld() {
            return letter.state() == LetterState.HELD;
        }
    }
}
