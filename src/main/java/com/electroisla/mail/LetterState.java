package com.electroisla.mail;

/** The state of a letter. */
public enum LetterState {
    /** Waits for its turn or for the next try, or for a mail server to be set. */
    PENDING("pendiente"),
    /**
     * Pending in a backup that was restored: it may have left after the backup was made, so the staff decides. In the
     * database it is pending and due never.
     */
    HELD("retenido"),
    /** Accepted by the mail server. */
    SENT("enviado"),
    /** Refused for good, or tried in vain until its time was over; the staff may send it again. */
    FAILED("fallido"),
    /** Never tried before its time was over. */
    LAPSED("caducado");

    private final String word;

    LetterState(String word) {
        this.word = word;
    }

    /** The word in the database and in addresses of pages. */
    public String word() {
        return word;
    }

    static LetterState of(String word) {
        for (LetterState state : values()) {
            if (state.word.equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
