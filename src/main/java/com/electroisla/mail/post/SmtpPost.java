package com.electroisla.mail.post;

import com.electroisla.mail.Post;
import com.electroisla.settings.MailServer;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The mail server by SMTP. The client is made with the first mail, and has threads of its own: two.
 *
 * <p>A password and a letter are given only over an encrypted line whose certificate is valid for the host, or on this
 * machine.
 */
public final class SmtpPost implements Post {
    private static final int CONNECTIONS = 8;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int IDLE_SECONDS = 40;
    private static final int KEPT_OPEN_SECONDS = 30;
    private static final int LONGEST_SECONDS = 60;

    /** No such mailbox, no such name of one, no mail for this host: what no repetition mends. */
    private static final Set<Integer> FOR_GOOD = Set.of(501, 550, 551, 553, 556);
    /** The server is closing, or wants another sign-in than ours: it takes nobody's mail now. */
    private static final Set<Integer> FOR_NOBODY = Set.of(421, 454, 530, 534, 535, 538);

    private final MailServer server;

    @GuardedBy("this")
    private @Nullable Vertx vertx;

    @GuardedBy("this")
    private @Nullable MailClient client;

    public SmtpPost(MailServer server) {
        this.server = server;
    }

    @Override
    public Handed hand(Parcel parcel) {
        MailMessage mail = new MailMessage()
                .setFrom(server.from())
                .setTo(parcel.recipient())
                .setSubject(parcel.subject())
                .setText(parcel.text())
                .setHtml(parcel.html())
                .setHeaders(MultiMap.caseInsensitiveMultiMap()
                        .set("Message-ID", parcel.messageId())
                        .set("Auto-Submitted", "auto-generated"));
        CompletableFuture<?> sent = client().sendMail(mail).toCompletionStage().toCompletableFuture();
        try {
            sent.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            return new Handed.Accepted();
        } catch (ExecutionException failure) {
            return answer(Objects.requireNonNullElse(failure.getCause(), failure));
        } catch (TimeoutException slow) {
            return new Handed.Unreachable("no answer within " + LONGEST_SECONDS + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Handed.NotNow("interrupted");
        }
    }

    private static Handed answer(Throwable failure) {
        String why = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        if (!(failure instanceof SMTPException refusal) || FOR_NOBODY.contains(refusal.getReplyCode())) {
            return new Handed.Unreachable(why);
        }
        return FOR_GOOD.contains(refusal.getReplyCode()) ? new Handed.Refused(why) : new Handed.NotNow(why);
    }

    private synchronized MailClient client() {
        if (client == null) {
            vertx = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(1)
                    .setInternalBlockingPoolSize(1)
                    .setUseDaemonThread(true)
                    .setFileSystemOptions(
                            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
            client = MailClient.create(vertx, config(server));
        }
        return client;
    }

    private static MailConfig config(MailServer server) {
        MailConfig config = new MailConfig(server.host(), server.port())
                .setSsl(server.encrypted())
                .setHostnameVerificationAlgorithm("HTTPS")
                .setMaxPoolSize(CONNECTIONS)
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
        if (client != null) {
            client.close();
            client = null;
        }
        if (vertx != null) {
            vertx.close();
            vertx = null;
        }
    }
}
