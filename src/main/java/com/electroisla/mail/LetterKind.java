package com.electroisla.mail;

/** The kinds of letters. */
public enum LetterKind {
    SIGN_UP_CODE("codigo_registro"),
    RECOVERY_CODE("codigo_recuperacion"),
    /** Somebody tried to register with an address that has an account. */
    ACCOUNT_EXISTS("cuenta_existente"),
    ORDER_PLACED("pedido_creado"),
    ORDER_ON_THE_WAY("pedido_en_camino"),
    ORDER_DELIVERED("pedido_entregado"),
    ORDER_CANCELLED("pedido_cancelado"),
    HOLD_RELEASED("reserva_liberada");

    private final String word;

    LetterKind(String word) {
        this.word = word;
    }

    /** The word in the database, and the ending of the keys of its texts. */
    public String word() {
        return word;
    }

    /** Whether the letter has a code, which opens an account: only an admin sees it. */
    public boolean hasCode() {
        return this == SIGN_UP_CODE || this == RECOVERY_CODE;
    }

    static LetterKind of(String word) {
        for (LetterKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
