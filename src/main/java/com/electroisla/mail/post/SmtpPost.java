package com.electroisla.mail.post;

import com.electroisla.mail.Post;
import com.electroisla.settings.MailServer;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The mail server by SMTP. The client is made with the first mail, and has threads of its own: two.
 *
 * <p>Every mail is handed to the client on the client's own thread. Its pool of connections gives a new connection to
 * whichever thread is busy with the pool; if that is another, the mail server's greeting may arrive before anybody
 * listens, is dropped, and the connection stands still until one side loses patience.
 *
 * <p>Connections are kept open for the next mail. One that ended meanwhile is replaced by the client itself, which asks
 * (RSET) before it uses one. A mail server that ends one later says so (421), which is never an acceptance: so the mail
 * is tried once more at once.
 *
 * <p>A password and a letter are given only over an encrypted line whose certificate is valid for the host, or on this
 * machine.
 */
public final class SmtpPost implements Post {
    private static final int CONNECTIONS = 8;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int IDLE_SECONDS = 40;
    private static final int KEPT_OPEN_SECONDS = 30;
    /** Fewer than mail servers bear, many of which end a connection after a hundred. */
    private static final int MAILS_A_CONNECTION = 50;

    private static final int LONGEST_SECONDS = 60;

    /** No such mailbox, no such name of one, no mail for this host: what no repetition mends. */
    private static final Set<Integer> FOR_GOOD = Set.of(501, 550, 551, 553, 556);

    private static final int ENDS_THE_CONNECTION = 421;
    /** The server is closing, or wants another sign-in than ours: it takes nobody's mail now. */
    private static final Set<Integer> FOR_NOBODY = Set.of(ENDS_THE_CONNECTION, 454, 530, 534, 535, 538);

    private final MailServer server;

    /** @param loop the client's thread, on which it must be called */
    private record Running(Vertx vertx, Context loop, MailClient client) {
        Future<MailResult> send(MailMessage mail) {
            return Future.future(
                    sent -> loop.runOnContext(_ -> client.sendMail(mail).onComplete(sent)));
        }
    }

    @GuardedBy("this")
    private @Nullable Running running;

    public SmtpPost(MailServer server) {
        this.server = server;
    }

    @Override
    public Handed hand(Parcel parcel) {
        MailMessage mail = mail(parcel);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        try {
            try {
                await(mail, deadline);
            } catch (ExecutionException failure) {
                if (!endsTheConnection(cause(failure))) {
                    throw failure;
                }
                await(mail, deadline);
            }
            return new Handed.Accepted();
        } catch (ExecutionException failure) {
            return answer(cause(failure));
        } catch (TimeoutException slow) {
            return new Handed.Unreachable("no answer within " + LONGEST_SECONDS + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Handed.NotNow("interrupted");
        }
    }

    private MailMessage mail(Parcel parcel) {
        return new MailMessage()
                .setFrom(server.from())
                .setTo(parcel.recipient())
                .setSubject(parcel.subject())
                .setText(parcel.text())
                .setHtml(parcel.html())
                .setHeaders(MultiMap.caseInsensitiveMultiMap()
                        .set("Message-ID", parcel.messageId())
                        .set("Auto-Submitted", "auto-generated"));
    }

    /** Returns when the mail server has accepted the mail. */
    private void await(MailMessage mail, long deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        running()
                .send(mail)
                .toCompletionStage()
                .toCompletableFuture()
                .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private static Throwable cause(ExecutionException failure) {
        return Objects.requireNonNullElse(failure.getCause(), failure);
    }

    private static boolean endsTheConnection(Throwable failure) {
        return failure instanceof SMTPException refusal && refusal.getReplyCode() == ENDS_THE_CONNECTION;
    }

    private static Handed answer(Throwable failure) {
        String why = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        if (!(failure instanceof SMTPException refusal) || FOR_NOBODY.contains(refusal.getReplyCode())) {
            return new Handed.Unreachable(why);
        }
        return FOR_GOOD.contains(refusal.getReplyCode()) ? new Handed.Refused(why) : new Handed.NotNow(why);
    }

    private synchronized Running running() {
        if (running == null) {
            Vertx vertx = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(1)
                    .setInternalBlockingPoolSize(1)
                    .setUseDaemonThread(true)
                    .setFileSystemOptions(
                            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
            running = new Running(vertx, vertx.getOrCreateContext(), MailClient.create(vertx, config(server)));
        }
        return running;
    }

    private static MailConfig config(MailServer server) {
        MailConfig config = new MailConfig(server.host(), server.port())
                .setSsl(server.encrypted())
                .setHostnameVerificationAlgorithm("HTTPS")
                .setMaxPoolSize(CONNECTIONS)
                .setMaxMailsPerConnection(MAILS_A_CONNECTION)
                .setKeepAliveTimeout(KEPT_OPEN_SECONDS)
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(IDLE_SECONDS)
                .setUserAgent("electroisla");
        if (server.encrypted()) {
            config.setStarttls(StartTLSOptions.DISABLED);
        } else {
            config.setStarttls(server.isThisMachine() ? StartTLSOptions.OPTIONAL : StartTLSOptions.REQUIRED);
        }
        server.credentials()
                .ifPresentOrElse(
                        it -> config.setLogin(LoginOption.REQUIRED)
                                .setUsername(it.user())
                                .setPassword(it.password()),
                        () -> config.setLogin(LoginOption.DISABLED));
        return config;
    }

    @Override
    public synchronized void close() {
        if (running != null) {
            running.client().close();
            running.vertx().close();
            running = null;
        }
    }
}
