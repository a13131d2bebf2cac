package com.electroisla.accounts;

import com.electroisla.Eventually;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/** One instance of the accounts feature with a home, a pool and a clock of its own, and cheap passwords. */
final class Instance implements AutoCloseable {
    static final int ITERATIONS = 1_000;

    final Database database;
    final Accounts accounts;
    final ObservedFeed feed;

    /** The offset of this instance's clock from the database's. */
    volatile Duration moved = Duration.ZERO;

    /** The iterations of every password computation, in order. */
    final List<Integer> computed = Collections.synchronizedList(new ArrayList<>());

    /** Runs before each password computation. */
    volatile Runnable beforeComputing = () -> {};

    Instance(JdbcTarget target, Path home) {
        this(target, home, Map.of(), new PostgresRevocationFeed(() -> target));
    }

    Instance(JdbcTarget target, Path home, Map<Setting, String> flags, RevocationFeed feed) {
        Settings settings = Settings.load(home, flags, Map.of());
        MadeKeys.into(settings.home().resolve("claves"));
        this.database = new Database(target, 20);
        this.feed = new ObservedFeed(feed);
        DatabaseClock clock = databaseTime -> databaseTime.plus(moved);
        this.accounts = Accounts.open(
                settings,
                database,
                clock,
                new Accounts.Parts(ITERATIONS, this::derive, InstantSource.system(), this.feed));
    }

    private byte[] derive(KeyDerivation.Digest digest, String password, String salt, int iterations) {
        beforeComputing.run();
        computed.add(digest.inSha256(iterations));
        // The old shop's hashes take long; ours have few iterations here, and tests count them.
        KeyDerivation derivation = iterations > ITERATIONS ? ComputedOnce.JDK : KeyDerivation.JDK;
        return derivation.derive(digest, password, salt, iterations);
    }

    LogInOutcome<TokenPair> logIn(String username, String password) {
        return logIn(username, password, "192.0.2.1");
    }

    LogInOutcome<TokenPair> logIn(String username, String password, String address) {
        return accounts.login().logIn(username, password, client(address));
    }

    /** Logs in, which must succeed. */
    TokenPair tokens(String username, String password) {
        return ((LogInOutcome.LoggedIn<TokenPair>) logIn(username, password)).session();
    }

    RefreshOutcome refresh(String refreshToken) {
        return accounts.refresh(refreshToken, client("192.0.2.1"));
    }

    boolean letsIn(TokenPair tokens) {
        return accounts.verifier().verify(tokens.accessToken()).isPresent();
    }

    Caller caller(TokenPair tokens) {
        return accounts.verifier().verify(tokens.accessToken()).orElseThrow();
    }

    /** Begins to listen, as with the first request, and returns once revocations are heard. */
    void hear(TokenPair anyTokens) {
        accounts.verifier().verify(anyTokens.accessToken());
        await(true);
    }

    /** Returns once the feed hears, or no longer hears. */
    void await(boolean hears) {
        Eventually.until(() -> accounts.hearsRevocations() == hears);
    }

    static Client client(String address) {
        return new Client(InetAddress.ofLiteral(address), "prueba/1.0");
    }

    @Override
    public void close() {
        accounts.close();
        database.close();
    }

    /** Records the received notifications for a test. */
    static final class ObservedFeed implements RevocationFeed {
        private final RevocationFeed feed;
        private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();

        ObservedFeed(RevocationFeed feed) {
            this.feed = feed;
        }

        /** The next family that this instance heard of, or {@code usuario:ID}, from any sender. */
        String next() throws InterruptedException {
            String family = arrived.poll(20, TimeUnit.SECONDS);
            if (family == null) {
                throw new AssertionError("nothing arrived");
            }
            return family;
        }

        @Override
        public void announce(Handle handle, String family) {
            feed.announce(handle, family);
        }

        @Override
        public void start(Listener listener) {
            feed.start(new Listener() {
                @Override
                public void revoked(String family) {
                    listener.revoked(family);
                    arrived.add(family);
                }

                @Override
                public void accountChanged(int userId) {
                    listener.accountChanged(userId);
                    arrived.add("usuario:" + userId);
                }

                @Override
                public void everyAccountMayHaveChanged() {
                    listener.everyAccountMayHaveChanged();
                    arrived.add("usuarios");
                }

                @Override
                public void connected(Handle handle) {
                    listener.connected(handle);
                }
            });
        }

        @Override
        public boolean hears() {
            return feed.hears();
        }

        @Override
        public void close() {
            feed.close();
        }
    }
}
