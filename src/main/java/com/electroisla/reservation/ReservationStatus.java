package com.electroisla.reservation;

/** The life of a reservation: pending, then exactly one of the others for ever. */
public enum ReservationStatus {
    PENDING("pending"),
    CONFIRMED("confirmed"),
    CANCELLED("cancelled"),
    EXPIRED("expired");

    private final String word;

    ReservationStatus(String word) {
        this.word = word;
    }

    /** The word in the database and in JSON. */
    public String word() {
        return word;
    }

    public static ReservationStatus of(String word) {
        for (ReservationStatus status : values()) {
            if (status.word.equals(word)) {
                return status;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
