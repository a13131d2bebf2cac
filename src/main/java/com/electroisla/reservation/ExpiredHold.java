package com.electroisla.reservation;

/** A hold that ran out, for the operator's eyes. */
public record ExpiredHold(long id, String username, String product, int quantity) {}
