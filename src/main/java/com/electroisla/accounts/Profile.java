package com.electroisla.accounts;

/** An account as its owner sees it. */
public record Profile(int id, String username, String email, Role role) {
    static Profile of(Account account) {
        return new Profile(account.id(), account.username(), account.email(), account.role());
    }
}
