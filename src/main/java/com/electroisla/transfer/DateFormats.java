package com.electroisla.transfer;

import java.util.regex.Pattern;

/** Which number formats of a spreadsheet show a number as a day or a time. */
final class DateFormats {
    /** The parts of a format that are shown as they are: quoted texts, escaped characters, colours and conditions. */
    private static final Pattern LITERAL =
            Pattern.compile("\"[^\"]*\"|\\\\.|[_*].|\\[(?![hms]+])[^\\]]*\\]", Pattern.CASE_INSENSITIVE);

    private static final Pattern DAY_OR_TIME = Pattern.compile("[ymdhs]", Pattern.CASE_INSENSITIVE);

    private DateFormats() {}

    /** @param code the format itself, for those that are not built in */
    static boolean isDate(int id, String code) {
        boolean builtIn = id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58;
        return builtIn
                || !code.equalsIgnoreCase("General")
                        && DAY_OR_TIME
                                .matcher(LITERAL.matcher(code).replaceAll(""))
                                .find();
    }
}
