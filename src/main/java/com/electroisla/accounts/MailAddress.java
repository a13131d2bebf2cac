package com.electroisla.accounts;

import java.util.Locale;

/** The form in which an address is counted. */
final class MailAddress {
    private static final int LONGEST = 254;

    private MailAddress() {}

    /**
     * Whether codes may be asked for it. The database and Java agree on the lower case of ASCII letters only: with
     * others one address could be counted as many, and all of them would find the rows of one.
     */
    static boolean hasOneSpelling(String email) {
        return email.length() <= LONGEST && email.chars().allMatch(each -> each < 0x80);
    }

    /** The subject of a limit; the length fits its column. */
    static String subject(String email) {
        if (!hasOneSpelling(email)) {
            throw new IllegalArgumentException("an address of many spellings");
        }
        return email.toLowerCase(Locale.ROOT);
    }
}
