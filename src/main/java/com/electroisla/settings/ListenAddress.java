package com.electroisla.settings;

/**
 * The address on which a server listens.
 *
 * @param host a name or an address, without brackets
 */
public record ListenAddress(String host, int port) {
    static ListenAddress parse(Setting setting, String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 1 ? "" : text.substring(0, colon);
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (!bare.isEmpty() && (host.startsWith("[") || host.indexOf(':') < 0) && port >= 1 && port <= 65_535) {
                return new ListenAddress(bare, port);
            }
        } catch (NumberFormatException notAPort) {
            // The exception below names the fault.
        }
        throw new InvalidSetting(setting, "«" + text + "» no es DIRECCIÓN:PUERTO (como 127.0.0.1:9000)");
    }

    /** {@code 127.0.0.1:9000} or {@code [::1]:9000}. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
