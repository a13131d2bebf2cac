package com.electroisla.http.server;

import com.electroisla.settings.AddressRange;
import com.electroisla.wiring.RunningServer;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All connections of this server and the memory that they hold together.
 *
 * <p>Invariant: bodies, headers, unread answers and the connections themselves stay within {@link ServerLimits},
 * whatever clients send. When the server is full, a new connection replaces the one that has kept the server waiting
 * longest; a client that does not read its answer loses it when memory is short.
 */
final class Connections {
    /** The instance of this process: Netty makes its handlers itself and passes no arguments. */
    static final Connections OF_THIS_SERVER =
            new Connections(ServerLimits.ofHeap(Runtime.getRuntime().maxMemory()));

    final Budget bodies;
    final Budget heads;
    final HeadCount streams;
    private final ServerLimits limits;
    private final HeadCount limited;
    private final AtomicLong unread = new AtomicLong();
    private final Set<Doorman> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock shedding = new ReentrantLock();

    Connections(ServerLimits limits) {
        this.limits = limits;
        this.bodies = new Budget(limits.bodies(), limits.bodiesOfOne());
        this.heads = new Budget(limits.heads(), limits.heads());
        this.streams = new HeadCount(limits.streams(), limits.streamsOfOne());
        this.limited = new HeadCount(Integer.MAX_VALUE, limits.connectionsOfOne());
    }

    /** Whether a new connection is admitted; then it is counted until {@link #leave}. */
    boolean enter(Doorman doorman) {
        if (open.size() >= limits.connections() && !makeRoom()) {
            return false;
        }
        if (!doorman.peerIsTrusted() && !limited.enter(doorman.peer())) {
            return false;
        }
        open.add(doorman);
        return true;
    }

    void leave(Doorman doorman) {
        if (open.remove(doorman) && !doorman.peerIsTrusted()) {
            limited.leave(doorman.peer());
        }
    }

    /** Closes the connection that has been silent longest, or sends its request slowest. */
    private boolean makeRoom() {
        return open.stream()
                .filter(each -> each.keptWaiting() > 0)
                .max(Comparator.comparingInt(Doorman::keptWaiting))
                .map(longest -> {
                    leave(longest);
                    longest.close();
                    return true;
                })
                .orElse(false);
    }

    /**
     * Counts bytes of answers that wait for their readers, and cuts the slowest readers off when there are too many.
     */
    void unread(long more) {
        if (unread.addAndGet(more) > limits.answers() && more > 0 && shedding.tryLock()) {
            try {
                List<Doorman> slowest = open.stream()
                        .filter(each -> each.unread() > 0)
                        .sorted(Comparator.comparingInt(Doorman::stalled)
                                .thenComparingLong(Doorman::unread)
                                .reversed())
                        .toList();
                long excess = unread.get() - limits.answers() / 4 * 3;
                for (Doorman each : slowest) {
                    if (excess <= 0) {
                        return;
                    }
                    excess -= each.unread();
                    each.close();
                }
            } finally {
                shedding.unlock();
            }
        }
    }

    int open() {
        return open.size();
    }

    long unread() {
        return unread.get();
    }

    /** Whether a peer stands for more than one person: loopback, or a trusted proxy. */
    static boolean isTrusted(InetAddress peer) {
        return peer.isLoopbackAddress() || proxies().stream().anyMatch(range -> range.contains(peer));
    }

    static List<AddressRange> proxies() {
        return RunningServer.isNamed() ? RunningServer.settings().proxies() : List.of();
    }
}
