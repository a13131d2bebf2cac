package com.electroisla.accounts;

/**
 * Somebody who can sign in.
 *
 * @param passwordHash in Django's format, or something that no password opens
 */
record Account(int id, String username, String email, Role role, boolean active, String passwordHash) {

    @Override
    public String toString() {
        return id + " " + username;
    }
}
