package com.electroisla.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares an output with what a page shows. A moment matches any other ({@code 2026-11-27T21:04:05Z}), so do dates in
 * file names ({@code 20261127_210405}), sizes in bytes and request ids; {@code …} matches any text within a line, and
 * a line of its own any lines. A {@code json} block is compared as JSON.
 */
final class Expectation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern STATUS = Pattern.compile("\n(\\d{3})\\s*$");
    private static final Map<Pattern, String> VOLATILE = new LinkedHashMap<>();

    static {
        VOLATILE.put(Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"), "<moment>");
        VOLATILE.put(Pattern.compile("\\b\\d{8}_\\d{6}\\b|(?<=_)\\d{8}_\\d{6}\\b"), "<stamp>");
        VOLATILE.put(Pattern.compile("\\b\\d+ bytes"), "<size>");
        VOLATILE.put(Pattern.compile("\\[[0-9a-f]{16}]"), "[<request>]");
    }

    private Expectation() {}

    static boolean matchesText(String shown, String printed) {
        String pattern = stable(shown)
                .lines()
                .map(line -> line.equals("…")
                        ? "(?s:.*?)"
                        : Arrays.stream(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining("[^\n]*"))
                                + "\n")
                .collect(Collectors.joining());
        // A page's block ends with a line end, even if the output does not.
        String withLineEnd = printed.endsWith("\n") ? printed : printed + "\n";
        return Pattern.matches(pattern, stable(withLineEnd));
    }

    /** Whether the output of a background block contains the page's lines in this order, among others. */
    static boolean hasLines(String shown, String printed) {
        Iterator<String> rest = printed.lines().iterator();
        return shown.lines().allMatch(line -> {
            boolean found = false;
            while (!found && rest.hasNext()) {
                found = matchesText(line + "\n", rest.next());
            }
            return found;
        });
    }

    /**
     * Compares JSON; a last line of three digits is the status of the answer.
     *
     * @param values whether values count, or only the keys and the kinds of values
     */
    static boolean matchesJson(String shown, String printed, boolean values) throws JsonProcessingException {
        Matcher shownStatus = STATUS.matcher(shown);
        Matcher printedStatus = STATUS.matcher(printed);
        boolean hasStatus = shownStatus.find();
        if (hasStatus && !(printedStatus.find() && printedStatus.group(1).equals(shownStatus.group(1)))) {
            return false;
        }
        return sameJson(
                JSON.readTree(STATUS.matcher(shown).replaceFirst("")),
                JSON.readTree(STATUS.matcher(printed).replaceFirst("")),
                values);
    }

    private static boolean sameJson(JsonNode shown, JsonNode printed, boolean values) {
        boolean maybeAbsent = !values && (shown.isNull() || printed.isNull());
        if (maybeAbsent) {
            return true;
        }
        if (shown.getNodeType() != printed.getNodeType()) {
            return false;
        }
        if (shown.isObject()) {
            Iterator<Map.Entry<String, JsonNode>> members = shown.properties().iterator();
            boolean same = shown.size() == printed.size();
            while (same && members.hasNext()) {
                Map.Entry<String, JsonNode> member = members.next();
                same = printed.has(member.getKey())
                        && sameJson(member.getValue(), printed.get(member.getKey()), values);
            }
            return same;
        }
        if (shown.isArray()) {
            boolean another = !values && shown.isEmpty(); // A shop that is not the page's may have some.
            if (another) {
                return true;
            }
            boolean same = shown.size() == printed.size();
            for (int i = 0; same && i < shown.size(); i++) {
                same = sameJson(shown.get(i), printed.get(i), values);
            }
            return same;
        }
        return !values || matchesText(shown.asText() + "\n", printed.asText());
    }

    private static String stable(String text) {
        String stable = text;
        for (Map.Entry<Pattern, String> each : VOLATILE.entrySet()) {
            stable = each.getKey().matcher(stable).replaceAll(each.getValue());
        }
        return stable;
    }
}
