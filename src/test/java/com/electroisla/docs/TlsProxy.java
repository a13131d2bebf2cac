package com.electroisla.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One of the proxies of {@code deploy/}, with TLS, in front of a server of this machine: its shipped file unchanged,
 * except for the ports, the folder of its files, and a certificate that the test signs itself.
 */
final class TlsProxy implements AutoCloseable {
    /** The host name in the shipped files. */
    static final String NAME = "tienda.example.com";

    private final Process process;
    final int http;
    final int https;

    private TlsProxy(Process process, int http, int https) {
        this.process = process;
        this.http = http;
        this.https = https;
    }

    static TlsProxy caddy(Path folder, int server) throws IOException {
        int https = freePort();
        return caddy(folder, freePort(), https, shipped("Caddyfile", "127.0.0.1:8000", "127.0.0.1:" + server), https);
    }

    /** Caddy with these sites of http addresses, at {@link #http}. */
    static TlsProxy caddy(Path folder, String sites) throws IOException {
        int http = freePort();
        return caddy(folder, http, freePort(), sites, http);
    }

    /** @param listening a port that is open once the proxy is ready, beside {@code http} */
    private static TlsProxy caddy(Path folder, int http, int https, String sites, int listening) throws IOException {
        String program = Debian.program("caddy", "caddy");
        Path file = Files.writeString(
                folder.resolve("Caddyfile"), """
                {
                    admin off
                    local_certs
                    skip_install_trust
                    default_bind 127.0.0.1
                    http_port %d
                    https_port %d
                    storage file_system %s
                }
                """.formatted(http, https, folder.resolve("caddy")) + sites);
        return start(
                folder,
                List.of(program, "run", "--adapter", "caddyfile", "--config", file.toString()),
                http,
                listening);
    }

    static TlsProxy nginx(Path folder, int server) throws Exception {
        int http = freePort();
        int https = freePort();
        Files.writeString(
                folder.resolve("destino"), shipped("nginx/destino-nueva", "127.0.0.1:8000", "127.0.0.1:" + server));
        certificate(folder);
        Files.writeString(
                folder.resolve("sitio.conf"),
                shipped(
                        "nginx/electro-isla.conf",
                        "listen 80;",
                        "listen 127.0.0.1:" + http + ";",
                        "    listen [::]:80;\n",
                        "",
                        "listen 443 ssl",
                        "listen 127.0.0.1:" + https + " ssl",
                        "    listen [::]:443 ssl http2;\n",
                        "",
                        "/etc/nginx/electro-isla/",
                        folder + "/"));
        return nginx(folder, http, https);
    }

    /** nginx with this site, which listens on 443, without TLS at {@link #http}. */
    static TlsProxy nginx(Path folder, String site) throws IOException {
        int http = freePort();
        Files.writeString(
                folder.resolve("sitio.conf"),
                site.replace("listen 443 ssl http2;", "listen 127.0.0.1:" + http + ";")
                        .replaceAll("(?m)^ *ssl_.*\n", ""));
        return nginx(folder, http, http);
    }

    private static TlsProxy nginx(Path folder, int http, int https) throws IOException {
        String program = Debian.program("nginx", "nginx-light");
        Path file = Files.writeString(
                folder.resolve("nginx.conf"), """
                daemon off;
                %s
                pid %2$s/nginx.pid;
                error_log %2$s/errores.log;
                events { worker_connections 320; }
                http {
                    access_log off;
                    client_body_temp_path %2$s/a;
                    proxy_temp_path %2$s/b;
                    fastcgi_temp_path %2$s/c;
                    uwsgi_temp_path %2$s/d;
                    scgi_temp_path %2$s/e;
                    include %2$s/sitio.conf;
                }
                """.formatted(Debian.isRoot() ? "user root;" : "", folder));
        return start(folder, List.of(program, "-e", folder + "/errores.log", "-c", file.toString()), http, https);
    }

    private static TlsProxy start(Path folder, List<String> command, int http, int https) throws IOException {
        Path output = folder.resolve("proxy.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("HOME", folder.toString());
        TlsProxy proxy = new TlsProxy(builder.start(), http, https);
        try {
            Eventually.until(() -> !proxy.process.isAlive() || listens(http) && listens(https));
            assertEquals(true, proxy.process.isAlive(), () -> read(output));
        } catch (RuntimeException | AssertionError failure) {
            proxy.close();
            throw failure;
        }
        return proxy;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The text of a shipped file with some words replaced, each of which must occur. */
    private static String shipped(String name, String... words) throws IOException {
        String text = Files.readString(Path.of("deploy", name));
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            if (!text.contains(words[i])) {
                missing.add(words[i]);
            }
            text = text.replace(words[i], words[i + 1]);
        }
        assertEquals(List.of(), missing, name);
        return text;
    }

    private static void certificate(Path folder) throws Exception {
        Path store = folder.resolve("claves.p12");
        Debian.Ended made = Debian.run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "tienda",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + NAME,
                        "-ext",
                        "SAN=dns:" + NAME,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "de-prueba"),
                Map.of());
        assertEquals(0, made.code(), made::text);
        KeyStore keys = KeyStore.getInstance(store.toFile(), "de-prueba".toCharArray());
        Files.writeString(
                folder.resolve("certificado.pem"),
                pem("CERTIFICATE", keys.getCertificate("tienda").getEncoded()));
        Files.writeString(
                folder.resolve("clave.pem"),
                pem(
                        "PRIVATE KEY",
                        keys.getKey("tienda", "de-prueba".toCharArray()).getEncoded()));
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
