package com.electroisla.launcher;

/** Something a person has to know and mend; the message is for them, in Spanish. */
final class LauncherFailure extends RuntimeException {
    LauncherFailure(String message) {
        super(message, null, false, false);
    }
}
