package com.electroisla.accounts;

/**
 * The user of a browser's session. Role and state are those of this moment, not of the sign-in: a change of role shows
 * with the next page.
 */
public record Visitor(long sessionId, int userId, String username, Role role) {}
