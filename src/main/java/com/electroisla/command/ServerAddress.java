package com.electroisla.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * The address on which a server listens.
 *
 * @param host a name or an address, without brackets
 */
public record ServerAddress(String host, int port) {
    /** Parses {@code PORT} or {@code ADDRESS:PORT}, an IPv6 address in brackets. */
    public static ServerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port >= 1 && port <= 65_535 && !bare.isEmpty()) {
                InetAddress.getByName(bare);
                return new ServerAddress(bare, port);
            }
        } catch (NumberFormatException | UnknownHostException notAnAddress) {
            // The exception below names the fault.
        }
        throw new WrongUsage("«" + text + "» no es PUERTO ni DIRECCIÓN:PUERTO, como 8000 o 127.0.0.1:8000");
    }

    void checkFree() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException taken) {
            throw new CommandRefused(
                    "No se puede escuchar en " + host + ":" + port + "; " + why(String.valueOf(taken.getMessage())));
        }
    }

    private String why(String said) {
        if (said.contains("Permission denied")) {
            return "los puertos por debajo de 1024 son del sistema. Prueba con otro, como 8000, y pon delante "
                    + "un proxy.";
        }
        if (said.contains("Cannot assign") || said.contains("unreachable")) {
            return "esa dirección no es de esta máquina.";
        }
        return "¿hay otro programa en ese puerto? Prueba con otro, como " + (port == 8001 ? 8002 : 8001) + ".";
    }

    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException vanished) {
            return false;
        }
    }

    /** The URL, with a slash at its end. */
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
    }
}
