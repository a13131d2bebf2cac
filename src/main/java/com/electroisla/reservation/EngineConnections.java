package com.electroisla.reservation;

import com.electroisla.database.Database;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the engine's connections: without triggers where that is allowed, ordinary ones otherwise
 * (docs/decisions/0010-foreign-keys.md). It is allowed when no setting forbids it, such a connection opens and
 * confirms the option, and the tables that a batch writes have only the shop's own triggers and keys. That can change
 * while the server runs: a right is revoked, an operator adds a trigger, another server takes over. So it is checked
 * at the start and each minute, and when such a connection is refused in between, its batch runs on an ordinary one.
 */
public final class EngineConnections implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EngineConnections.class.getName());
    private static final String WHY = " (docs/decisions/0010-foreign-keys.md tells why)";

    private final Database shop;
    private final Database batches;
    private final boolean wanted;

    @GuardedBy("this")
    private Database.@Nullable Purpose told;

    @GuardedBy("this")
    private @Nullable ScheduledExecutorService asking;

    /**
     * @param shop the connections for the checks
     * @param batches the engine's own, on ordinary connections so far
     * @param wanted whether the operator allows connections without triggers
     */
    public EngineConnections(Database shop, Database batches, boolean wanted) {
        this.shop = shop;
        this.batches = batches;
        this.wanted = wanted;
        batches.fallBackTo(Database.Purpose.BATCHES, this::refused);
    }

    /** Checks now, and from now on each minute. */
    public synchronized void keepAsking() {
        if (asking == null) {
            asking = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("engine-connections").daemon().factory());
            asking.scheduleWithFixedDelay(this::ask, 1, 1, TimeUnit.MINUTES);
        }
    }

    /**
     * Checks which connections the engine may have, and gives it those. While the database is out of reach, nothing
     * changes.
     */
    public void ask() {
        Database.Purpose allowed;
        try {
            allowed = wanted ? allowed(shop) : Database.Purpose.BATCHES;
        } catch (RuntimeException away) {
            LOG.log(Level.FINE, "the database could not be asked what the engine may do", away);
            return;
        }
        become(allowed);
    }

    /** The purpose that the database allows for the engine's connections. */
    static Database.Purpose allowed(Database database) {
        return database.read(ReferencesSql::maySkipTriggers) && ReferencesSql.opensWithoutTriggers(database.target())
                ? Database.Purpose.RESERVATIONS
                : Database.Purpose.BATCHES;
    }

    private synchronized void become(Database.Purpose purpose) {
        batches.serve(purpose);
        tell(purpose);
    }

    private synchronized void refused(RuntimeException failure) {
        LOG.log(Level.FINE, "a connection without triggers was refused", failure);
        tell(Database.Purpose.BATCHES);
    }

    @GuardedBy("this")
    private void tell(Database.Purpose purpose) {
        if (told == purpose) {
            return;
        }
        if (purpose == Database.Purpose.RESERVATIONS) {
            if (told != null) {
                LOG.info("reservations take connections without triggers again");
            }
        } else if (wanted) {
            LOG.warning("reservations take ordinary connections, as right and slower: the role may not set "
                    + "session_replication_role, or a table has a"
                    + " trigger, a rule or a key that is not the shop's" + WHY);
        } else {
            LOG.info("reservations take ordinary connections, as right and slower: "
                    + "ELECTRO_ISLA_SIN_DISPARADORES does not ask for others" + WHY);
        }
        told = purpose;
    }

    @Override
    public synchronized void close() {
        if (asking != null) {
            asking.shutdownNow();
        }
    }
}
