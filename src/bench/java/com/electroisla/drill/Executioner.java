package com.electroisla.drill;

import com.electroisla.drill.DrillScript.Strike;
import com.electroisla.rig.ThrowAwayFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Carries out the script of kills with SIGKILL, each at its moment or as soon after as its victims live, so that the
 * planned number is reached on any machine. It does not wait for recovery: a server may be killed while its database
 * recovers.
 */
final class Executioner implements Callable<Boolean> {
    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final int STATUS_LINE = 7;
    /** This many 2xx answers show that the shop works again. */
    private static final int PROGRESS = 100;

    private final DrillScript script;
    private final List<DrillServer> servers;
    private final ThrowAwayFolder home;
    private final Tally tally;
    private final CountDownLatch stop;
    private final Consumer<String> progress;

    Executioner(
            DrillScript script,
            List<DrillServer> servers,
            ThrowAwayFolder home,
            Tally tally,
            CountDownLatch stop,
            Consumer<String> progress) {
        this.script = script;
        this.servers = servers;
        this.home = home;
        this.tally = tally;
        this.stop = stop;
        this.progress = progress;
    }

    /** Runs the script; false when it was stopped, or a victim did not come back. */
    @Override
    public Boolean call() throws Exception {
        long began = System.nanoTime();
        for (Strike strike : script.strikes()) {
            long wait = began + strike.at().toNanos() - System.nanoTime();
            if (stop.await(Math.max(0, wait), TimeUnit.NANOSECONDS)
                    || strike.afterProgress() && !awaitProgress()
                    || !awaitAll(strike.victims())) {
                return false;
            }
            strike.victims().forEach(this::kill);
            progress.accept(
                    "A los " + (System.nanoTime() - began) / 1_000_000_000 + " s: kill -9 a " + name(strike.victims()));
        }
        return true;
    }

    private boolean awaitAll(List<Integer> victims) throws InterruptedException {
        for (int victim : victims) {
            boolean lives = await(() -> victim == DrillScript.DATABASE
                    ? databaseIsReady()
                    : servers.get(victim).isReady());
            if (!lives) {
                tally.odd(name(List.of(victim)) + " no volvió en " + LONGEST_RECOVERY.toMinutes() + " minutos");
                return false;
            }
        }
        return true;
    }

    /** Waits until all servers answer again and the database is ready; false when they do not in time. */
    boolean awaitRecovery() throws InterruptedException {
        return await(() -> servers.stream().allMatch(DrillServer::isReady) && databaseIsReady());
    }

    /** Waits until buyers have made progress from now on. */
    boolean awaitProgress() throws InterruptedException {
        long enough = tally.done.sum() + PROGRESS;
        boolean made = await(() -> tally.done.sum() >= enough);
        if (!made) {
            tally.odd("en " + LONGEST_RECOVERY.toMinutes() + " minutos los compradores no avanzaron");
        }
        return made;
    }

    private static boolean await(BooleanSupplier condition) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long deadline = System.nanoTime() + LONGEST_RECOVERY.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            never.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private void kill(int victim) {
        if (victim == DrillScript.DATABASE) {
            killDatabase();
            tally.databaseKills.increment();
        } else {
            tally.serverDies();
            if (servers.get(victim).kill()) {
                tally.serverKills.increment();
            }
        }
    }

    /** Kills the postmaster and all its children, the postmaster first so that it cannot clean up after them. */
    private void killDatabase() {
        long postmaster = postmaster().map(ProcessHandle::pid).orElse(0L);
        List<ProcessHandle> all =
                new ArrayList<>(ProcessHandle.allProcesses().filter(home::runs).toList());
        all.sort((one, two) -> Boolean.compare(two.pid() == postmaster, one.pid() == postmaster));
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private boolean databaseIsReady() {
        List<String> lines = postmasterFile();
        return postmaster().isPresent()
                && lines.size() > STATUS_LINE
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    private Optional<ProcessHandle> postmaster() {
        List<String> lines = postmasterFile();
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(home::runs);
        } catch (NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    private List<String> postmasterFile() {
        Path file = home.path().resolve("var/datos/postmaster.pid");
        try {
            return Files.readAllLines(file);
        } catch (IOException notThere) {
            return List.of();
        }
    }

    private static String name(List<Integer> victims) {
        return String.join(
                " y ",
                victims.stream()
                        .map(victim -> victim == DrillScript.DATABASE ? "la base" : "el servidor " + (victim + 1))
                        .toList());
    }
}
