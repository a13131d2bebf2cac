package com.electroisla.launcher;

/** A failure that a person has to mend; the message is for them, in Spanish. */
final class LauncherFailure extends RuntimeException {
    LauncherFailure(String message) {
        super(message, null, false, false);
    }
}
