package com.electroisla.database;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * The only access to the data: a pool of connections and two ways to use one.
 *
 * <p>Invariant: a transaction is READ COMMITTED, so a read after a lock sees the state that the lock protects; every
 * connection has this program's settings ({@link SessionSettings}), whatever the role's or the database's are. A
 * commit that fails is thrown to the caller, never swallowed.
 */
public final class Database implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    /**
     * How often work is begun again on another connection: as often as a pool may have dead ones. The first sends all
     * idle ones away, but the pool does so in the background, and meanwhile it gives out the next. A new connection
     * that cannot be opened ends the attempts.
     */
    private static final int MOST_BEGUN_ANEW = 32;

    private static final Duration ACQUISITION_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The use of a pool's connections. Each has limits, so that nobody waits for ever for a lock or for a client that
     * fell silent.
     */
    public enum Purpose {
        /**
         * A server: a user waits for each answer, and a dead link must be noticed. A lock is held for one commit,
         * which a slow disk can stretch to seconds; the buyers behind it must not be refused for that.
         */
        SERVER(SessionSettings.of("5s", "1min"), "", 30, Duration.ofSeconds(5)),
        /**
         * The server's batches, whose every statement finds its rows by key. Their plan must not depend on the size of
         * the tables when it was made: a plan made for the few rows of a new shop reads whole tables once the shop is
         * busy. A batch waits for a lock as long as other batches usually hold one; requests for a row that is locked
         * for longer wait outside the batch (docs/decisions/0012-locked-rows.md).
         */
        BATCHES(
                SessionSettings.of("250ms", "1min")
                        .with("plan_cache_mode", "force_generic_plan")
                        .with("enable_seqscan", "off")
                        .with("enable_hashjoin", "off")
                        .with("enable_mergejoin", "off")
                        .with("jit", "off"),
                "",
                30,
                Duration.ZERO),
        /**
         * Batches that hold a lock on every row that a new row of theirs refers to, so that it exists and stays. For
         * each new row PostgreSQL would take that lock once more, which is half of the cost of an insert; in these
         * sessions no triggers fire, those of foreign keys included. Not every role may open such sessions, nor does
         * every schema allow them.
         */
        RESERVATIONS(BATCHES.settings, " -c session_replication_role=replica", 30, Duration.ZERO),
        /**
         * An export that reads while it sends: a statement may take minutes, and a client that stops reading loses its
         * snapshot.
         */
        EXPORTS(SessionSettings.of("5s", "1min").with("statement_timeout", "5min"), "", 330, Duration.ZERO),
        /** A command: statements may take as long as a large shop needs. */
        COMMANDS(SessionSettings.of("10s", "10min"), "", 0, Duration.ofSeconds(10));

        private final SessionSettings settings;
        private final String rights;
        private final int socketTimeoutSeconds;
        private final Duration patience;

        /**
         * @param rights options that the connection must start with, or it is refused
         * @param patience how long work that releases all its locks is begun again
         */
        Purpose(SessionSettings settings, String rights, int socketTimeoutSeconds, Duration patience) {
            this.patience = patience;
            this.settings = settings;
            this.rights = rights;
            this.socketTimeoutSeconds = socketTimeoutSeconds;
        }
    }

    /** Connections of one kind to one place. */
    private record Pool(JdbcTarget target, Purpose purpose, AgroalDataSource dataSource, Jdbi jdbi) {}

    /** How many statements of this thread were answered: work with no answered statement has changed nothing yet. */
    private static final ThreadLocal<long[]> ANSWERED = ThreadLocal.withInitial(() -> new long[1]);

    private final int poolSize;
    private final LongAdder statements = new LongAdder();

    @GuardedBy("this")
    private final List<Pool> pools = new ArrayList<>();

    private final List<Database> siblings = new CopyOnWriteArrayList<>();
    private volatile Pool pool;
    private volatile @Nullable Fallback fallback;

    private record Fallback(Purpose purpose, Consumer<RuntimeException> told) {}

    /** @param poolSize the most connections this process holds; a caller waits 5 s for one before it is refused */
    public Database(JdbcTarget target, int poolSize) {
        this(target, poolSize, Purpose.COMMANDS);
    }

    /** @param poolSize the most connections this process holds; a caller waits 5 s for one before it is refused */
    public Database(JdbcTarget target, int poolSize, Purpose purpose) {
        this.poolSize = poolSize;
        this.pool = opened(target, purpose);
    }

    /** The pool for this target and purpose, made when it is first asked for. */
    @GuardedBy("this")
    private Pool opened(JdbcTarget target, Purpose purpose) {
        for (Pool known : pools) {
            if (known.target().equals(target) && known.purpose() == purpose) {
                return known;
            }
        }
        Pool made = open(target, purpose);
        pools.add(made);
        return made;
    }

    private Pool open(JdbcTarget target, Purpose purpose) {
        var configuration = new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(false)
                .connectionPoolConfiguration(pool -> pool.maxSize(poolSize)
                        .initialSize(0)
                        .acquisitionTimeout(ACQUISITION_TIMEOUT)
                        .validateOnBorrow(false)
                        .idleValidationTimeout(Duration.ofSeconds(5))
                        // Without this a broken connection goes back into the pool, and a busy one is never validated.
                        .exceptionSorter(SqlStates::isConnectionLost)
                        .connectionFactoryConfiguration(connection -> connection
                                // The driver is named by its class: the JVM's registry does not know drivers of a
                                // class loader that came later, such as a second test's.
                                .connectionProviderClass(Driver.class)
                                .jdbcUrl(target.url())
                                .principal(new NamePrincipal(target.user()))
                                .credential(new SimplePassword(target.password()))
                                .jdbcProperty("ApplicationName", "electro-isla")
                                .jdbcProperty("options", purpose.settings.options() + purpose.rights)
                                .initialSql(purpose.settings.statement())
                                .jdbcProperty("socketTimeout", Integer.toString(purpose.socketTimeoutSeconds))
                                .jdbcProperty("reWriteBatchedInserts", "true")
                                .jdbcProperty("prepareThreshold", "2")
                                .jdbcProperty("connectTimeout", "5")
                                .jdbcProperty("tcpKeepAlive", "true")));
        AgroalDataSource dataSource;
        try {
            dataSource = AgroalDataSource.from(configuration);
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
        Jdbi jdbi = Jdbi.create(dataSource).installPlugin(new PostgresPlugin());
        jdbi.registerArrayType(BigDecimal.class, "numeric").registerArrayType(Boolean.class, "bool");
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(false).setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                statements.increment();
            }

            @Override
            public void logAfterExecution(StatementContext context) {
                ANSWERED.get()[0]++;
            }
        });
        // By default the message contains every bound value, and so do the logs: hashes and addresses among them.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        return new Pool(target, purpose, dataSource, jdbi);
    }

    /** The present use of new connections. */
    public Purpose purpose() {
        return pool.purpose();
    }

    /** Another pool on the same database, which moves with this one. */
    public Database sibling(int poolSize, Purpose purpose) {
        var sibling = new Database(target(), poolSize, purpose);
        siblings.add(sibling);
        return sibling;
    }

    /** Opens connections at this target from now on, for a database that came back on another port. */
    public void moveTo(JdbcTarget target) {
        change(target, pool.purpose());
        siblings.forEach(sibling -> sibling.moveTo(target));
    }

    /** Opens connections for this purpose from now on. Running work ends on the connections that it has. */
    public void serve(Purpose purpose) {
        change(pool.target(), purpose);
    }

    /**
     * Sets the purpose to use at once when the database refuses connections for one that needs a right (42501).
     *
     * @param told called once for each such change, before the work is done
     */
    public void fallBackTo(Purpose purpose, Consumer<RuntimeException> told) {
        fallback = new Fallback(purpose, told);
    }

    private synchronized void change(JdbcTarget target, Purpose purpose) {
        Pool before = pool;
        if (before.target().equals(target) && before.purpose() == purpose) {
            return;
        }
        pool = opened(target, purpose);
        before.dataSource().flush(AgroalDataSource.FlushMode.GRACEFUL);
    }

    /** Whether the work, of which no statement took effect, may be begun again on other connections. */
    private boolean mayBeginAnew(Pool used, long answeredBefore, RuntimeException failure) {
        if (ANSWERED.get()[0] != answeredBefore || !(failure instanceof JdbiException)) {
            return false;
        }
        if (!(failure instanceof ConnectionException) && SqlStates.isConnectionLost(failure)) {
            // The connection was idle in the pool while the database restarted, so all other idle connections are dead
            // too.
            used.dataSource().flush(AgroalDataSource.FlushMode.IDLE);
            return true;
        }
        return failure instanceof ConnectionException && SqlStates.isForbidden(failure) && fallBack(used, failure);
    }

    private boolean fallBack(Pool refused, RuntimeException failure) {
        Fallback instead = fallback;
        if (instead == null || refused.purpose() == instead.purpose()) {
            return false;
        }
        boolean first;
        synchronized (this) {
            first = pool == refused;
            if (first) {
                serve(instead.purpose());
            }
        }
        if (first) {
            instead.told().accept(failure);
        }
        return true;
    }

    /** The target of this database; for a dedicated connection such as a listener's. */
    public JdbcTarget target() {
        return pool.target();
    }

    /** How many statements were begun so far; tests measure the cost of a page by this. */
    public long statementsBegun() {
        return statements.sum();
    }

    /**
     * Reads without a transaction: each statement sees the state committed when it began. The work is begun again on
     * another connection when its first statement finds the connection dead.
     */
    public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
        long answered = ANSWERED.get()[0];
        for (int attempt = 1; ; attempt++) {
            Pool used = pool;
            try {
                return used.jdbi().withHandle(work);
            } catch (RuntimeException failure) {
                if (attempt > MOST_BEGUN_ANEW || !mayBeginAnew(used, answered, failure)) {
                    throw failure;
                }
            }
        }
    }

    /**
     * Runs work without a transaction and without a result, for statements that PostgreSQL refuses in a transaction,
     * such as {@code VACUUM}.
     */
    public <X extends Exception> void use(HandleConsumer<X> work) throws X {
        pool.jdbi().useHandle(work);
    }

    /**
     * Runs the work in one transaction and commits it. The work may run again, up to 5 times in all, when the database
     * reports a serialization failure or a deadlock (SQLSTATE 40001, 40P01), so it must keep no state of an earlier
     * run; and when its first statement finds the connection dead. Earlier failures are suppressed exceptions of the
     * last.
     *
     * @throws OutcomeUnknown when the link or the server broke during COMMIT: it may have taken effect
     */
    public <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
        RuntimeException earlier = null;
        int attempt = 1;
        int begunAnew = 0;
        while (true) {
            Pool used = pool;
            long answered = ANSWERED.get()[0];
            try {
                return inTransactionOnce(work);
            } catch (RuntimeException failure) {
                if (earlier != null) {
                    failure.addSuppressed(earlier);
                }
                if (begunAnew < MOST_BEGUN_ANEW && mayBeginAnew(used, answered, failure)) {
                    begunAnew++;
                    earlier = failure;
                    continue;
                }
                if (attempt == ATTEMPTS || !SqlStates.isRetryable(failure)) {
                    throw failure;
                }
                earlier = failure;
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000, 10_000_000L << attempt));
                attempt++;
            }
        }
    }

    /**
     * The same for work that locks several rows and waits for each only briefly
     * ({@link SessionSettings#waitForLocksOnlyAMoment}): if a lock is not free in time, the work releases all its
     * locks and begins again, for as long as this connection waits for a lock. So work that waits for a locked row
     * does not block others with its own locks.
     */
    public <T, X extends Exception> T inTransactionOfManyLocks(HandleCallback<T, X> work) throws X {
        long deadline = System.nanoTime() + pool.purpose().patience.toNanos();
        while (true) {
            try {
                return inTransaction(work);
            } catch (RuntimeException failure) {
                if (!SqlStates.isLockTimeout(failure) || System.nanoTime() - deadline >= 0) {
                    throw failure;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(20_000_000, 100_000_000));
            }
        }
    }

    /**
     * The same, but never run again: for work that takes an hour or cannot be repeated.
     *
     * @throws OutcomeUnknown when the link, the server or this program broke during COMMIT: it may have taken effect
     */
    public <T, X extends Exception> T inTransactionOnce(HandleCallback<T, X> work) throws X {
        var worked = new AtomicBoolean();
        Pool used = pool;
        try {
            T done = used.jdbi().inTransaction(handle -> {
                T result = work.withHandle(handle);
                worked.set(true);
                return result;
            });
            CommittedWork.done();
            return done;
        } catch (RuntimeException failure) {
            if (SqlStates.isConnectionLost(failure)) {
                used.dataSource().flush(AgroalDataSource.FlushMode.IDLE);
            }
            throw worked.get() && SqlStates.mayHaveCommitted(failure) ? new OutcomeUnknown(failure) : failure;
        } catch (Error fault) {
            // The failure may have struck in the middle of an answer, and the next user of the connection would read
            // the rest of it.
            used.dataSource().flush(AgroalDataSource.FlushMode.GRACEFUL);
            if (worked.get()) {
                throw new OutcomeUnknown(fault);
            }
            throw fault;
        }
    }

    /** A transaction without a result. */
    public <X extends Exception> void useTransaction(HandleConsumer<X> work) throws X {
        inTransaction((Handle handle) -> {
            work.useHandle(handle);
            return null;
        });
    }

    @Override
    public synchronized void close() {
        pools.forEach(each -> each.dataSource().close());
    }
}
