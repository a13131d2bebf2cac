package com.electroisla.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mail server, and the sender of the shop's mails.
 *
 * @param encrypted whether the line is encrypted from its first byte ({@code smtps}); otherwise it is once the server
 *     has said hello, and on this machine only if the server offers it
 * @param from {@code ventas@tienda.example} or {@code Electro Isla <ventas@tienda.example>}
 */
public record MailServer(String host, int port, boolean encrypted, Optional<Credentials> credentials, String from) {
    private static final int SUBMISSION = 587;
    private static final int SUBMISSION_ENCRYPTED = 465;
    private static final String ADDRESS = "([^\\s<>@,;:\"()]+@[^\\s<>@,;:\"()]+)";
    private static final Pattern FROM = Pattern.compile("[^<>@,;:\"()\\p{Cntrl}]*<" + ADDRESS + ">|" + ADDRESS);

    /** The name and password of the shop at the mail server. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "(hidden)";
        }
    }

    static MailServer parse(String text, Optional<String> from) {
        URI uri = uri(text);
        boolean encrypted = "smtps".equals(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : encrypted ? SUBMISSION_ENCRYPTED : SUBMISSION;
        Optional<Credentials> credentials =
                Optional.ofNullable(uri.getRawUserInfo()).map(MailServer::credentials);
        String sender = from.or(() -> credentials.map(Credentials::user).filter(user -> user.indexOf('@') > 0))
                .orElseThrow(() -> new InvalidSetting(
                        Setting.MAIL_FROM, "falta: de quién son los correos (como ventas@tienda.example)"));
        if (!FROM.matcher(sender).matches()) {
            throw new InvalidSetting(
                    Setting.MAIL_FROM,
                    "«" + sender + "» no es una dirección (como Electro Isla <ventas@tienda.example>)");
        }
        return new MailServer(uri.getHost().replaceAll("^\\[|]$", ""), port, encrypted, credentials, sender);
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            boolean known = "smtp".equals(uri.getScheme()) || "smtps".equals(uri.getScheme());
            boolean bare = uri.getPath() == null
                    || uri.getPath().isEmpty()
                    || uri.getPath().equals("/");
            if (known && bare && uri.getHost() != null && uri.getPort() <= 65_535 && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException notAUri) {
            // The exception below names the fault without the text, which may contain a password.
        }
        throw new InvalidSetting(
                Setting.MAIL,
                "se espera smtp://usuario:clave@host:puerto o smtps://… (en la clave, % es %25 y @ es %40)");
    }

    private static Credentials credentials(String userInfo) {
        int colon = userInfo.indexOf(':');
        if (colon < 1) {
            throw new InvalidSetting(
                    Setting.MAIL, "con usuario hace falta también su clave: smtp://usuario:clave@host:puerto");
        }
        return new Credentials(decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    }

    /** A plus sign means itself here, unlike in a form. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Whether the server is on this machine: elsewhere nobody on the way may hear a password or a code. */
    public boolean isThisMachine() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException elsewhere) {
            return false;
        }
    }

    /** The part of the sender's address after the {@code @}. */
    public String senderDomain() {
        Matcher address = FROM.matcher(from);
        String bare = address.matches() ? address.group(1) : null;
        String found = bare == null ? from : bare;
        return found.substring(found.indexOf('@') + 1);
    }
}
