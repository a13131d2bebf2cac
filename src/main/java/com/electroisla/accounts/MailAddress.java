package com.electroisla.accounts;

import java.util.Locale;

/** Forms of an address, and of the name that goes with it in a letter. */
final class MailAddress {
    private static final int LONGEST_GREETING = 40;

    private MailAddress() {}

    /** The subject of a limit; the length fits its column. */
    static String subject(String email) {
        return email.toLowerCase(Locale.ROOT);
    }

    /**
     * The name by which a letter greets. Anybody may have a letter sent to anybody, under a name of their choice: so
     * the name ends where it could become a link.
     */
    static String greeting(String username) {
        String beginning = username.split("[.@]", 2)[0];
        int length = Math.min(LONGEST_GREETING, beginning.codePointCount(0, beginning.length()));
        return beginning.substring(0, beginning.offsetByCodePoints(0, length));
    }
}
