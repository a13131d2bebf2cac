package com.electroisla.backup;

/** A backup that cannot be made or used, with the reason in one line of Spanish. Nothing was changed. */
public final class BackupRefused extends RuntimeException {
    BackupRefused(String reason) {
        super(reason);
    }
}
