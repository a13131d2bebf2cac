package com.electroisla.mail.post;

import com.electroisla.settings.MailServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A mail server that takes two mails on a connection and then ends it, which GreenMail never does. */
final class BriefMailServer implements AutoCloseable {
    enum Ending {
        NEVER,
        /** Says so when the third mail begins. */
        AT_THE_NEXT_MAIL,
        /** Says so when it is asked whether it is still there. */
        AT_THE_QUESTION,
        /** Hangs up right after the second mail. */
        WITHOUT_A_WORD,
        AT_THE_GREETING
    }

    private static final int MAILS = 2;

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Ending ending;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();

    BriefMailServer(Ending ending) throws IOException {
        this.ending = ending;
        Thread.ofVirtual().start(this::accept);
    }

    SmtpPost post() {
        return new SmtpPost(
                new MailServer("127.0.0.1", socket.getLocalPort(), false, Optional.empty(), "tienda@example.com"));
    }

    int connections() {
        return connections.get();
    }

    int taken() {
        return taken.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> converse(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void converse(Socket connection) {
        try (connection;
                var lines = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))) {
            OutputStream out = connection.getOutputStream();
            if (ending == Ending.AT_THE_GREETING) {
                say(out, "421 closing");
                return;
            }
            say(out, "220 here");
            int mails = 0;
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                boolean over = mails == MAILS;
                if (over && line.startsWith("MAIL") && ending == Ending.AT_THE_NEXT_MAIL
                        || over && line.equals("RSET") && ending == Ending.AT_THE_QUESTION) {
                    say(out, "421 that is enough");
                    return;
                }
                if (line.equals("DATA")) {
                    say(out, "354 go on");
                    lines.lines().takeWhile(each -> !each.equals(".")).forEach(_ -> {});
                    mails++;
                    taken.incrementAndGet();
                }
                say(out, "250 good");
                if (mails == MAILS && ending == Ending.WITHOUT_A_WORD) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The client ended it.
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
