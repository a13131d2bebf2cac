package com.electroisla.accounts;

/**
 * An account that can sign in.
 *
 * @param passwordHash in Django's format, or an unusable hash, which no password matches
 */
record Account(int id, String username, String email, Role role, boolean active, String passwordHash) {

    /** Whether it is a buyer without an account: its name is one that no person can take. */
    boolean isGuest() {
        return username.equals("invitado:" + id);
    }

    @Override
    public String toString() {
        return id + " " + username;
    }
}
