package com.electroisla.pages.http;

import com.electroisla.pages.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form as a browser finds it on a page, or a field that htmx sends by itself.
 *
 * @param given the fields that are sent without the user, such as hidden ones and the first choice of a list
 * @param typed the names of the fields that a user types into
 */
record FoundForm(String action, Map<String, String> given, List<String> typed) {
    private static final Pattern FORM = Pattern.compile("<form([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("<(input|textarea|select|button)\\b([^>]*)>", Pattern.DOTALL);

    static List<FoundForm> on(String page) {
        List<FoundForm> found = new ArrayList<>();
        Matcher form = FORM.matcher(page);
        while (form.find()) {
            if ("post".equals(attribute(form.group(1), "method"))) {
                String id = attribute(form.group(1), "id");
                found.add(read(
                        attribute(form.group(1), "action"), form.group(2) + (id == null ? "" : belonging(page, id))));
            }
        }
        Matcher field = FIELD.matcher(page);
        while (field.find()) {
            String action = attribute(field.group(2), "hx-post");
            if (action != null) {
                String kind = attribute(field.group(2), "name");
                found.add(new FoundForm(
                        action,
                        new LinkedHashMap<>(Map.of(
                                "campo",
                                kind,
                                "version",
                                "x",
                                Form.KEY,
                                UUID.randomUUID().toString())),
                        List.of(kind)));
            }
        }
        return found;
    }

    private static String belonging(String page, String id) {
        StringBuilder fields = new StringBuilder();
        Matcher field = FIELD.matcher(page);
        while (field.find()) {
            if (id.equals(attribute(field.group(2), "form"))) {
                fields.append(field.group());
            }
        }
        return fields.toString();
    }

    private static FoundForm read(String action, String inside) {
        Map<String, String> given = new LinkedHashMap<>();
        List<String> typed = new ArrayList<>();
        Matcher field = FIELD.matcher(inside);
        while (field.find()) {
            String name = attribute(field.group(2), "name");
            String type = attribute(field.group(2), "type");
            if (name == null || "file".equals(type) || name.equals("csrf_token")) {
                continue;
            }
            if (field.group(1).equals("select")) {
                Matcher option = Pattern.compile("<option value=\"([^\"]*)\"").matcher(inside.substring(field.end()));
                given.put(name, option.find() ? option.group(1) : "");
            } else if (field.group(1).equals("button")
                    || List.of("hidden", "checkbox", "radio").contains(String.valueOf(type))) {
                given.putIfAbsent(name, String.valueOf(attribute(field.group(2), "value")));
            } else {
                typed.add(name);
            }
        }
        return new FoundForm(action, given, typed);
    }

    private static String attribute(String tag, String name) {
        Matcher attribute =
                Pattern.compile("(?:^|\\s)" + name + "=\"([^\"]*)\"").matcher(tag);
        return attribute.find() ? attribute.group(1) : null;
    }
}
