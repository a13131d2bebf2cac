package com.electroisla.mail;

/** The kinds of letters. */
public enum LetterKind {
    SIGN_UP_CODE("codigo_registro"),
    RECOVERY_CODE("codigo_recuperacion"),
    /** Somebody tried to register with an address that has an account. */
    ACCOUNT_EXISTS("cuenta_existente"),
    INVITATION("codigo_invitacion"),
    RESET_LINK("codigo_enlace_clave"),
    EMAIL_CHANGE("codigo_cambio_correo"),
    PASSWORD_CHANGED("clave_cambiada"),
    EMAIL_CHANGE_ASKED("aviso_cambio_correo"),
    EMAIL_CHANGED("correo_cambiado"),
    SECOND_FACTOR_ON("segundo_factor_activado"),
    SECOND_FACTOR_OFF("segundo_factor_quitado"),
    ACCOUNT_DELETED("cuenta_borrada"),
    ORDER_PLACED("pedido_creado"),
    ORDER_ON_THE_WAY("pedido_en_camino"),
    ORDER_DELIVERED("pedido_entregado"),
    ORDER_CANCELLED("pedido_cancelado"),
    /** The order waits for its money, and its time is almost over. */
    ORDER_LAPSES_SOON("pedido_por_vencer"),
    /** The order was cancelled because no money came. */
    ORDER_LAPSED("pedido_vencido"),
    REFUND_OWED("reembolso_debido"),
    REFUND_PAID("reembolso_hecho"),
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
        return this == SIGN_UP_CODE || this == RECOVERY_CODE || hasLink();
    }

    /** Whether the code is the end of a link; a letter without links shows it, to be typed on the link's page. */
    public boolean hasLink() {
        return this == INVITATION || this == RESET_LINK || this == EMAIL_CHANGE;
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
