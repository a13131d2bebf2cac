package com.electroisla.accounts;

/**
 * An account as a page greets its owner.
 *
 * @param name first and last name; the username where there is none
 */
public record Holder(int id, String email, String name, Role role) {}
