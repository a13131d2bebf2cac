package com.electroisla.mail;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A letter as it stands in the database.
 *
 * @param language {@code es} or {@code en}
 * @param values for the text; without the code once that is of no use
 * @param lapsesAt the moment from which it is not sent any more
 * @param nextAt when it is tried next; while it is being sent, when it is taken for abandoned
 * @param attempts how often it was handed to the mail server, or was about to be
 * @param failure the mail server's last refusal; null for none
 */
public record StoredLetter(
        long id,
        LetterKind kind,
        String recipient,
        String language,
        Map<String, Object> values,
        LetterState state,
        Instant createdAt,
        Instant lapsesAt,
        Instant nextAt,
        int attempts,
        @Nullable Instant sentAt,
        @Nullable String failure) {
    static final String MASK = "••••••";

    /** The same with another text in the place of the code, and without a guest's link. */
    StoredLetter masked() {
        Map<String, Object> shown = new java.util.HashMap<>(values);
        shown.remove(OrderLetters.LINK);
        if (kind.hasCode()) {
            shown.put(Letter.CODE, MASK);
        }
        return new StoredLetter(
                id,
                kind,
                recipient,
                language,
                Map.copyOf(shown),
                state,
                createdAt,
                lapsesAt,
                nextAt,
                attempts,
                sentAt,
                failure);
    }

    /** Without the values, of which one may be a code. */
    @Override
    public String toString() {
        return kind + " #" + id + " " + state;
    }

    /** Whether its code, or a guest's link, is still there. */
    boolean showsCode() {
        return kind.hasCode() && values.containsKey(Letter.CODE) || values.containsKey(OrderLetters.LINK);
    }

    /** Whether the staff may have it sent again: a letter without its code is of no use. */
    public boolean canBeSentAgain() {
        return !kind.hasCode()
                && switch (state) {
                    case FAILED, LAPSED, HELD -> true;
                    case PENDING, SENT -> false;
                };
    }
}
