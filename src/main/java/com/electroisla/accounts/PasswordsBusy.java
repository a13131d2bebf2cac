package com.electroisla.accounts;

/** So many passwords wait to be computed that another one is refused: 503, try again. */
final class PasswordsBusy extends Exception {
    PasswordsBusy() {
        super("too many passwords are waiting", null, false, false);
    }
}
