package com.electroisla.pages.http;

/**
 * A form for a forgotten password: for the address, or for the code that was mailed to it.
 *
 * @param email as typed
 * @param code as typed
 * @param asked whether a code was asked for just now
 * @param problem the reason of the last refusal; empty at first
 */
public record RecoverView(String email, String code, boolean asked, String problem) {}
