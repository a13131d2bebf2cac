package com.electroisla.shopfront;

import java.util.List;

/**
 * The browser and the system of a client, as its owner calls them. A hint for people and nothing more: a client says
 * what it likes.
 *
 * @param browser empty when it is none that people know by name
 * @param system empty likewise
 */
record Device(String browser, String system) {
    private record Sign(String part, String name) {}

    /** In an order in which a name that contains another's sign comes first: they all claim to be one another. */
    private static final List<Sign> BROWSERS = List.of(
            new Sign("Edg", "Edge"),
            new Sign("OPR/", "Opera"),
            new Sign("SamsungBrowser", "Samsung Internet"),
            new Sign("FxiOS", "Firefox"),
            new Sign("Firefox/", "Firefox"),
            new Sign("CriOS", "Chrome"),
            new Sign("Chrome/", "Chrome"),
            new Sign("Safari/", "Safari"));

    private static final List<Sign> SYSTEMS = List.of(
            new Sign("iPhone", "iPhone"),
            new Sign("iPad", "iPad"),
            new Sign("Android", "Android"),
            new Sign("CrOS", "ChromeOS"),
            new Sign("Windows", "Windows"),
            new Sign("Mac OS X", "macOS"),
            new Sign("Linux", "Linux"));

    static Device of(String userAgent) {
        return new Device(first(BROWSERS, userAgent), first(SYSTEMS, userAgent));
    }

    private static String first(List<Sign> signs, String userAgent) {
        return signs.stream()
                .filter(sign -> userAgent.contains(sign.part()))
                .findFirst()
                .map(Sign::name)
                .orElse("");
    }

    /** {@code Chrome · Android}. */
    String inWords(String unknown) {
        if (browser.isEmpty() && system.isEmpty()) {
            return unknown;
        }
        return browser.isEmpty() ? system : system.isEmpty() ? browser : browser + " · " + system;
    }
}
