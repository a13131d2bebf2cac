package com.electroisla.accounts;

import org.jdbi.v3.core.Handle;

/** Hears, in the same transaction, that the owner of an account has shown that they read the mail of its address. */
@FunctionalInterface
public interface ConfirmedAddress {
    void confirmed(Handle handle, int account, String email);
}
