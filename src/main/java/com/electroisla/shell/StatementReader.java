package com.electroisla.shell;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts typed lines into statements at the semicolons that end one: not at those in quotes, dollar quotes or comments.
 * A line that begins with a backslash between statements is a command of its own.
 */
final class StatementReader {
    private static final Pattern DOLLAR = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)?\\$");

    private final StringBuilder typed = new StringBuilder();

    void addLine(String line) {
        typed.append(line).append('\n');
    }

    /** Whether an incomplete statement is left. */
    boolean inTheMiddle() {
        return !typed.toString().isBlank();
    }

    /** The rest without a semicolon; empty when it has only blanks and comments. */
    Optional<String> rest() {
        String rest = typed.toString().strip();
        typed.setLength(0);
        return rest.replaceAll("(?s)/\\*.*?\\*/|--[^\n]*", "").isBlank() ? Optional.empty() : Optional.of(rest);
    }

    /** The next complete statement with its semicolon, or the next command, if there is one. */
    Optional<String> next() {
        int start = 0;
        while (start < typed.length() && Character.isWhitespace(typed.charAt(start))) {
            start++;
        }
        typed.delete(0, start);
        int end = typed.isEmpty() ? 0 : typed.charAt(0) == '\\' ? typed.indexOf("\n") + 1 : end();
        if (end == 0) {
            return Optional.empty();
        }
        String statement = typed.substring(0, end).strip();
        typed.delete(0, end);
        return Optional.of(statement);
    }

    /** The end of the first statement; 0 if it is incomplete. */
    private int end() {
        int at = 0;
        while (at < typed.length()) {
            char each = typed.charAt(at);
            if (each == ';') {
                return at + 1;
            }
            at = switch (each) {
                case '\'' -> afterQuote(at, '\'', at > 0 && "eE".indexOf(typed.charAt(at - 1)) >= 0);
                case '"' -> afterQuote(at, '"', false);
                case '$' -> afterDollar(at);
                case '-' -> startsAt(at, "--") ? after("\n", at) : at + 1;
                case '/' -> startsAt(at, "/*") ? afterComment(at) : at + 1;
                default -> at + 1;
            };
        }
        return 0;
    }

    private int afterQuote(int from, char quote, boolean backslashes) {
        for (int at = from + 1; at < typed.length(); at++) {
            if (backslashes && typed.charAt(at) == '\\') {
                at++;
            } else if (typed.charAt(at) == quote) {
                // A doubled quote closes and opens again at once, with the same effect.
                return at + 1;
            }
        }
        return typed.length();
    }

    private int afterDollar(int from) {
        Matcher opening = DOLLAR.matcher(typed).region(from, typed.length());
        return opening.lookingAt() ? after(opening.group(), opening.end()) : from + 1;
    }

    private int afterComment(int from) {
        int depth = 0;
        for (int at = from; at < typed.length(); at++) {
            if (startsAt(at, "/*")) {
                depth++;
                at++;
            } else if (startsAt(at, "*/")) {
                depth--;
                at++;
            }
            if (depth == 0) {
                return at + 1;
            }
        }
        return typed.length();
    }

    private boolean startsAt(int at, String text) {
        return at + text.length() <= typed.length()
                && typed.substring(at, at + text.length()).equals(text);
    }

    private int after(String text, int from) {
        int found = typed.indexOf(text, from);
        return found < 0 ? typed.length() : found + text.length();
    }
}
