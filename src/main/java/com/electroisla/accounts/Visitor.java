package com.electroisla.accounts;

/**
 * The user of a browser's session. Role and state are those of this moment, not of the sign-in: a change of role shows
 * with the next page.
 *
 * @param lacksFactor whether the admins require a second factor of this account, and it has none: then it may set one
 *     up, and do nothing else
 */
public record Visitor(long sessionId, int userId, String username, Role role, boolean lacksFactor) {}
