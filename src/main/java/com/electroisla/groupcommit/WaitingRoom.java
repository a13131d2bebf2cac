package com.electroisla.groupcommit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The waiting requests: at the door until they are taken, or aside until a row that they need is no longer locked.
 *
 * <p>Invariants: requests are taken in the order of arrival, except that a request aside is overtaken by requests that
 * need no locked row of its and are of other users. Requests called from aside are taken before any at the door. A
 * request aside holds no lock; its caller may leave at any moment. There are as many places aside as at the door, and
 * a request that finds none is refused.
 */
final class WaitingRoom<Q extends UserRequest, R> {
    private final int places;

    /** Arriving requests take no lock, so that a crowd at the door keeps no committer out. */
    private final Queue<Submission<Q, R>> door = new ConcurrentLinkedQueue<>();

    /** The number of places taken at the door; raised before the request is in it. */
    private final AtomicInteger atTheDoor = new AtomicInteger();

    /** Whether a committer sleeps, or is about to: then an arriving request wakes it. */
    private volatile boolean sleeping;

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition somebodyToTake = lock.newCondition();
    private final Condition somebodyAside = lock.newCondition();

    @GuardedBy("lock")
    private final TreeMap<Long, Submission<Q, R>> called = new TreeMap<>();

    @GuardedBy("lock")
    private final TreeMap<Long, Aside<Q, R>> aside = new TreeMap<>();

    @GuardedBy("lock")
    private final Map<Integer, Integer> asideOfUser = new HashMap<>();

    @GuardedBy("lock")
    private final Map<Long, Stage> lockedProducts = new HashMap<>();

    @GuardedBy("lock")
    private long arrivals;

    /** @param lockedProducts for which requests wait aside: further requests for them must wait behind */
    record Taken<Q extends UserRequest, R>(List<Submission<Q, R>> batch, Set<Long> lockedProducts) {}

    /** @param requests the requests of users whose own rows are locked */
    record Question<Q>(List<Q> requests, Set<Long> products) {
        boolean isEmpty() {
            return requests.isEmpty() && products.isEmpty();
        }
    }

    WaitingRoom(int places) {
        this.places = places;
    }

    /** Adds a request; false when every place is taken. */
    boolean arrive(Submission<Q, R> submission) {
        if (atTheDoor.incrementAndGet() > places) {
            atTheDoor.decrementAndGet();
            return false;
        }
        door.add(submission);
        if (sleeping) {
            lock.lock();
            try {
                sleeping = false; // one caller that wakes it is enough
                somebodyToTake.signal();
            } finally {
                lock.unlock();
            }
        }
        return true;
    }

    /** The next request at the door, with its number, or null. */
    @GuardedBy("lock")
    private @Nullable Submission<Q, R> comeIn() {
        Submission<Q, R> next = door.poll();
        if (next != null) {
            atTheDoor.decrementAndGet();
            next.place = ++arrivals;
        }
        return next;
    }

    /**
     * Takes the waiting requests, up to {@code most}; none when none comes in time. Only one committer at a time may
     * call it.
     */
    Taken<Q, R> take(int most, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitSomebodyToTake(patience);
            List<Submission<Q, R>> batch = new ArrayList<>();
            while (batch.size() < most && !called.isEmpty()) {
                takeOne(called.pollFirstEntry().getValue(), batch);
            }
            for (Submission<Q, R> next; batch.size() < most && (next = comeIn()) != null; ) {
                takeOne(next, batch);
            }
            return new Taken<>(batch, Set.copyOf(lockedProducts.keySet()));
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void awaitSomebodyToTake(Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        sleeping = true; // set before it looks: a request that comes after the look sees it
        try {
            while (called.isEmpty() && door.isEmpty() && nanos > 0) {
                nanos = somebodyToTake.awaitNanos(nanos);
                sleeping = true; // a request taken before its caller could wake it took the committer for awake
            }
        } finally {
            sleeping = false;
        }
    }

    /** Takes it, or puts it behind an earlier request of its user, which may have gone aside again. */
    @GuardedBy("lock")
    private void takeOne(Submission<Q, R> next, List<Submission<Q, R>> batch) {
        if (!waitsForEarlier(next)) {
            if (next.take()) {
                batch.add(next);
            }
        } else if (aside.size() < places) {
            putAside(new Aside<>(next, Stage.LOCKING, Set.of(), false));
        } else {
            refuse(next);
        }
    }

    /** Whether an earlier request of the same user waits aside. */
    boolean waitsForEarlier(Submission<Q, R> submission) {
        int user = submission.request.userId();
        lock.lock();
        try {
            return asideOfUser.containsKey(user)
                    && aside.headMap(submission.place).values().stream()
                            .anyMatch(one -> one.submission.request.userId() == user);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes a taken request wait until these rows are free; false when there is no place, or no time left.
     *
     * @param ownRows whether rows of its user are locked
     */
    boolean setAside(Submission<Q, R> submission, Stage stage, Set<Long> products, boolean ownRows) {
        lock.lock();
        try {
            if (aside.size() >= places || submission.isOverdue()) {
                return false;
            }
            submission.putBack();
            putAside(new Aside<>(submission, stage, products, ownRows));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes a taken request wait behind earlier ones that wait for these products; false when there is no place, or no
     * time left. If these were called meanwhile it is called as well, and taken after them: otherwise one request that
     * comes late would make a free product look locked for the next batch, and so on.
     */
    boolean putBehind(Submission<Q, R> submission, Set<Long> products) {
        lock.lock();
        try {
            Set<Long> stillLocked = new HashSet<>(products);
            stillLocked.retainAll(lockedProducts.keySet());
            if (!stillLocked.isEmpty() || waitsForEarlier(submission)) {
                Stage stage = Stage.LOCKING;
                for (Long product : stillLocked) {
                    Stage its = lockedProducts.get(product);
                    stage = its != null && its.compareTo(stage) > 0 ? its : stage;
                }
                return setAside(submission, stage, stillLocked, false);
            }
            submission.putBack();
            called.put(submission.place, submission);
            somebodyToTake.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void putAside(Aside<Q, R> one) {
        aside.put(one.submission.place, one);
        asideOfUser.merge(one.submission.request.userId(), 1, Integer::sum);
        putLocked(one);
        somebodyAside.signalAll();
    }

    /** Whether a request waits aside; waits for one. */
    boolean awaitSomebodyAside(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (aside.isEmpty()) {
                somebodyAside.awaitNanos(patience.toNanos());
            }
            return !aside.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The rows for which requests wait, by stage. */
    Map<Stage, Question<Q>> questions() {
        lock.lock();
        try {
            Map<Stage, Question<Q>> questions = new EnumMap<>(Stage.class);
            for (Aside<Q, R> one : aside.values()) {
                if (!one.isFree()) {
                    Question<Q> question = questions.computeIfAbsent(
                            one.stage, stage -> new Question<>(new ArrayList<>(), new HashSet<>()));
                    question.products.addAll(one.products);
                    if (one.ownRows) {
                        question.requests.add(one.submission.request);
                    }
                }
            }
            return questions;
        } finally {
            lock.unlock();
        }
    }

    /** Calls the requests whose rows are free: of the rows asked about, all that are not still blocked. */
    void free(Stage stage, Question<Q> asked, Blocked still) {
        Set<Long> freeProducts = new HashSet<>(asked.products);
        freeProducts.removeAll(still.products());
        Set<Integer> freeUsers = new HashSet<>();
        asked.requests.forEach(request -> freeUsers.add(request.userId()));
        freeUsers.removeAll(still.users());
        lock.lock();
        try {
            for (Aside<Q, R> one : aside.values()) {
                if (one.stage == stage) {
                    one.products.removeAll(freeProducts);
                    one.ownRows = one.ownRows && !freeUsers.contains(one.submission.request.userId());
                }
            }
            callFree();
        } finally {
            lock.unlock();
        }
    }

    /** Calls free requests. One that waits behind another request of the same user goes with it, not before. */
    @GuardedBy("lock")
    private void callFree() {
        Set<Integer> stillWaiting = new HashSet<>();
        for (Iterator<Aside<Q, R>> all = aside.values().iterator(); all.hasNext(); ) {
            Aside<Q, R> one = all.next();
            int user = one.submission.request.userId();
            if (one.isFree() && !stillWaiting.contains(user)) {
                all.remove();
                forget(user);
                called.put(one.submission.place, one.submission);
            } else {
                stillWaiting.add(user);
            }
        }
        lookWhatIsLocked();
        if (!called.isEmpty()) {
            somebodyToTake.signalAll();
        }
    }

    /** Refuses requests that have waited too long aside, and drops those whose callers have left. */
    void sendAwayOverdue() {
        sendAway(false);
    }

    /** Refuses all requests, at the end. */
    void sendAwayAll() {
        sendAway(true);
    }

    private void sendAway(boolean everybody) {
        lock.lock();
        try {
            for (Iterator<Aside<Q, R>> all = aside.values().iterator(); all.hasNext(); ) {
                Aside<Q, R> one = all.next();
                if (everybody || one.submission.isOverdue()) {
                    all.remove();
                    refuse(one.submission);
                    forget(one.submission.request.userId());
                }
            }
            if (everybody) {
                called.values().forEach(this::refuse);
                called.clear();
                for (Submission<Q, R> late; (late = comeIn()) != null; ) {
                    refuse(late);
                }
            }
            callFree();
        } finally {
            lock.unlock();
        }
    }

    private void refuse(Submission<Q, R> late) {
        if (late.giveUp()) {
            late.reply(new Reply.Busy<>());
        }
    }

    @GuardedBy("lock")
    private void forget(int user) {
        asideOfUser.computeIfPresent(user, (key, count) -> count == 1 ? null : count - 1);
    }

    @GuardedBy("lock")
    private void lookWhatIsLocked() {
        lockedProducts.clear();
        for (Aside<Q, R> one : aside.values()) {
            putLocked(one);
        }
    }

    @GuardedBy("lock")
    private void putLocked(Aside<Q, R> one) {
        for (Long product : one.products) {
            lockedProducts.put(product, one.stage);
        }
    }

    /** Whether a request can be taken. */
    boolean hasSomebody() {
        lock.lock();
        try {
            return !door.isEmpty() || !called.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The number of requests that can be taken. */
    int toTake() {
        int waiting = door.size();
        lock.lock();
        try {
            return waiting + called.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many wait aside. */
    int aside() {
        lock.lock();
        try {
            return aside.size();
        } finally {
            lock.unlock();
        }
    }
}
