package com.electroisla.accounts;

/** Too many passwords wait to be computed: 503, try again. */
final class PasswordsBusy extends Exception {
    PasswordsBusy() {
        super("too many passwords are waiting", null, false, false);
    }
}
