package com.electroisla.reservation;

/** An expired hold, for the operator's report. */
public record ExpiredHold(long id, String username, String product, int quantity) {}
