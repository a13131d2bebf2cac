package com.electroisla.database.embedded;

import com.electroisla.database.JdbcTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts, finds and stops the server of one home.
 *
 * <p>Invariant: called under the {@link StartLock}, so that there is one decision at a time; after
 * {@link #ensureRunning} the server has just answered. The remains of a killed predecessor (a server that is starting,
 * stopping, recovering or dead, its file, its children) are waited for or removed, within {@link #RUNNING_LIMIT}.
 */
final class Server {
    /** Enough for the recovery of {@code max_wal_size} on a slow disk. */
    static final Duration RUNNING_LIMIT = Duration.ofMinutes(5);

    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(10);
    private static final Duration ORPHANS_MAY_TAKE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration CALM_POLL = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(2);
    private static final int START_ATTEMPTS = 200;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    /** Length 8, request code 80877103 (PostgreSQL's protocol, "SSLRequest"). */
    private static final byte[] TLS_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    private final HomeFolder home;
    private final Cluster cluster;
    private final ServerLog log;
    private final ServerLock lock;

    Server(HomeFolder home, Cluster cluster, ServerLog log) {
        this.home = home;
        this.cluster = cluster;
        this.log = log;
        this.lock = new ServerLock(home);
    }

    /**
     * Finds the server running or starts it.
     *
     * @return the port on which it answers; after a crash the same one as before, if it is still free, so that other
     *     attached processes find it again
     */
    int ensureRunning(Consumer<String> progress) throws IOException {
        var deadline = Deadline.in(RUNNING_LIMIT);
        var orphansDeadline = Deadline.in(ORPHANS_MAY_TAKE);
        Programs programs = null;
        int preferredPort = 0;
        Processes.checkSight();
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            Optional<Postmaster> found = Postmaster.read(home);
            if (found.isPresent() && found.get().isRunning(home)) {
                Optional<Integer> port = awaitReady(found.get().pid(), deadline, null, progress);
                if (port.isPresent()) {
                    return port.get();
                }
                continue;
            }
            if (found.isPresent()) {
                if (lock.mayBeElsewhere(found.get())) {
                    throw cannotBeLookedAt();
                }
                preferredPort = attempt == 0 ? found.get().port() : 0;
            }
            if (programs == null) {
                programs = prepare(progress);
            }
            if (attempt > 0 && orphansDeadline.passed()) {
                Postmaster.killOrphans(home);
            }
            Optional<Integer> port = start(programs, preferredPort, deadline, orphansDeadline, progress);
            if (port.isPresent()) {
                cluster.convert(maintenance(port.get(), Cluster.DATABASE), progress);
                return port.get();
            }
            preferredPort = 0;
            Deadline.pause(CALM_POLL);
        }
        throw cannotStart(0);
    }

    /** Stops the server cleanly, if it runs. */
    void stop() throws IOException {
        Optional<Postmaster> running = Postmaster.read(home).filter(found -> found.isRunning(home));
        if (running.isEmpty()) {
            return;
        }
        long pid = running.get().pid();
        long offset = log.size();
        var programs = Programs.of(home, Binaries.unpacked(home.binaries(), _ -> {}));
        var deadline = Deadline.in(STOP_LIMIT);
        // A second Ctrl+C can hit pg_ctl before it has signalled the server.
        for (int attempt = 0; attempt < 3; attempt++) {
            Process signal = programs.start("pg_ctl", "stop", "-D", "datos", "-m", "fast", "-W", "-s");
            if (Programs.await(signal, SIGNAL_LIMIT) && signal.exitValue() == 0) {
                break;
            }
        }
        // A zombie has a pid but no file: a clean end removes the file last.
        while (Postmaster.read(home)
                .filter(found -> found.pid() == pid && found.isRunning(home))
                .isPresent()) {
            if (deadline.passed()) {
                throw new EmbeddedPostgresException("La base de datos incluida no terminó en " + STOP_LIMIT.toMinutes()
                        + " minutos; detalles en " + log.file() + ": " + log.lastWordsSince(offset));
            }
            Deadline.pause(POLL);
        }
    }

    /** The target as the shop uses its database. */
    JdbcTarget target(int port) throws IOException {
        return cluster.shop(url(port, Cluster.DATABASE));
    }

    JdbcTarget maintenance(int port, String database) throws IOException {
        return new JdbcTarget(url(port, database), Cluster.MAINTENANCE, cluster.password());
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private Programs prepare(Consumer<String> progress) throws IOException {
        log.create();
        log.trim();
        var binaries = Binaries.unpacked(home.binaries(), progress);
        cluster.checkMajor(binaries.major());
        var programs = Programs.of(home, binaries);
        cluster.create(programs, log, progress);
        cluster.writeSettings();
        return programs;
    }

    /** Starts the server once; empty when it failed for a reason that may pass. */
    private Optional<Integer> start(
            Programs programs,
            int preferredPort,
            Deadline deadline,
            Deadline orphansDeadline,
            Consumer<String> progress)
            throws IOException {
        long offset = log.size();
        int port = preferredPort > 0 && isFree(preferredPort) ? preferredPort : freePort();
        // pg_ctl gives the server a session of its own, so that a Ctrl+C in our terminal does not reach it. pg_ctl
        // waits for the server only to report an early death; we see sooner ourselves that it is ready.
        Process pgCtl = programs.startLocked(
                lock,
                "pg_ctl",
                "start",
                "-D",
                "datos",
                "-l",
                "logs/postgresql.log",
                "-s",
                "-w",
                "-t",
                Long.toString(RUNNING_LIMIT.toSeconds()),
                "-o",
                "-p " + port);
        try {
            Optional<Integer> answering = awaitReady(0, deadline, pgCtl, progress);
            if (answering.isPresent()) {
                return answering;
            }
        } finally {
            // A hard kill: at a SIGINT pg_ctl would stop the server that it waits for.
            pgCtl.destroyForcibly();
        }
        if (!pgCtl.isAlive() && pgCtl.exitValue() == ServerLock.HELD) {
            refuseIfElsewhere(orphansDeadline);
            return Optional.empty();
        }
        if (!pgCtl.isAlive() && pgCtl.exitValue() == ServerLock.UNLOCKABLE) {
            throw new EmbeddedPostgresException("El disco de " + home.data() + " no admite bloqueos (flock), y sin "
                    + "ellos dos servidores podrían"
                    + " estropear la misma base de datos: use una carpeta de un disco local. "
                    + "Detalles en " + log.file() + ".");
        }
        String said = log.since(offset);
        boolean passes = said.contains("could not create any TCP/IP sockets")
                || said.contains("pre-existing shared memory block")
                || said.contains("lock file \"postmaster.pid\" already exists");
        if (!passes) {
            throw cannotStart(offset);
        }
        return Optional.empty();
    }

    /**
     * Waits until the server is ready and answers.
     *
     * @param pid the running process that was found, or 0 for the one that {@code starter} starts
     * @return its port; empty if it ended instead
     */
    private Optional<Integer> awaitReady(
            long pid, Deadline deadline, @Nullable Process starter, Consumer<String> progress) throws IOException {
        long offset = log.size();
        var told = Deadline.in(LONG);
        boolean silent = true;
        while (!deadline.passed()) {
            boolean starterGone = starter != null && !starter.isAlive();
            Optional<Postmaster> now = Postmaster.read(home);
            if (now.isPresent()
                    && now.get().isReady()
                    && (pid == 0 || now.get().pid() == pid)
                    && now.get().isRunning(home)) {
                if (answers(now.get().port())) {
                    if (pid == 0) {
                        lock.belongsTo(now.get());
                    }
                    return Optional.of(now.get().port());
                }
                refuseIfOutOfReach(now.get());
            }
            boolean gone = now.filter(it -> (pid == 0 || it.pid() == pid) && it.isRunning(home))
                    .isEmpty();
            if (gone && (starter == null || starterGone)) {
                return Optional.empty();
            }
            if (silent && told.passed()) {
                progress.accept(
                        "Esperando a que la base de datos esté lista (puede estar recuperándose de un corte)...");
                silent = false;
            }
            Deadline.pause(silent ? POLL : CALM_POLL);
        }
        throw cannotStart(offset);
    }

    /**
     * Whether a PostgreSQL answers on this port. The question is whether it supports TLS, answered in one byte: that
     * takes a millisecond, while signing in takes a new process fifty.
     */
    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.setSoTimeout((int) ANSWER_LIMIT.toMillis());
            socket.connect(new InetSocketAddress(LOOPBACK, port), (int) ANSWER_LIMIT.toMillis());
            socket.getOutputStream().write(TLS_REQUEST);
            int answer = socket.getInputStream().read();
            return answer == 'N' || answer == 'S';
        } catch (IOException notYet) {
            return false;
        }
    }

    private void refuseIfOutOfReach(Postmaster server) {
        if (!Processes.sharesNetwork(server.pid())) {
            throw new EmbeddedPostgresException(
                    "La base de datos de " + home.root() + " está en marcha en otra red (otro contenedor o "
                            + "espacio de red),"
                            + " y desde aquí no se llega a su puerto: ejecute la orden allí.");
        }
        if (!hasLoopback()) {
            throw new EmbeddedPostgresException("Aquí no hay red local (127.0.0.1), y por ella se habla con la "
                    + "base de datos: active la interfaz lo.");
        }
    }

    private static boolean hasLoopback() {
        try {
            return NetworkInterface.networkInterfaces().anyMatch(Server::isLoopbackUp);
        } catch (SocketException none) {
            return false;
        }
    }

    private static boolean isLoopbackUp(NetworkInterface network) {
        try {
            return network.isLoopback() && network.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // Like PostgreSQL's own bind: lingering connections of the dead server do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /**
     * Waits for processes that a killed server left here, and ends them at last; processes elsewhere are not ours to
     * end.
     */
    private void refuseIfElsewhere(Deadline orphansDeadline) throws IOException {
        Optional<String> elsewhere = lock.whereElse();
        if (elsewhere.isPresent()) {
            throw new EmbeddedPostgresException(
                    "La base de datos de " + home.root() + " está en marcha en otro contenedor o espacio de procesos"
                            + (elsewhere.get().isEmpty() ? "" : " (equipo «" + elsewhere.get() + "»)")
                            + ", y una carpeta es de una sola máquina y un solo contenedor: ejecute la orden "
                            + "allí o pare "
                            + "antes aquel servidor.");
        }
        boolean orphans = ProcessHandle.allProcesses().anyMatch(process -> Processes.runsFrom(home, process));
        if (!orphans && orphansDeadline.passed()) {
            throw new EmbeddedPostgresException("Un proceso que no es de la tienda retiene " + lock.file()
                    + ", y mientras lo haga no se arranca la base de datos; ciérrelo y vuelva a intentarlo.");
        }
    }

    private EmbeddedPostgresException cannotBeLookedAt() {
        return new EmbeddedPostgresException("Según " + Postmaster.file(home) + ", la base de datos de " + home.root()
                + " está en marcha en otro contenedor o espacio de procesos, y desde aquí no se puede ver; una "
                + "carpeta es de una sola máquina y un solo"
                + " contenedor. Ejecute la orden allí; si es seguro que ningún servidor la usa, borre ese archivo "
                + "y repita.");
    }

    private EmbeddedPostgresException cannotStart(long offset) {
        String lines = log.lastWordsSince(offset);
        return new EmbeddedPostgresException("La base de datos incluida no arrancó; detalles en " + log.file()
                + (lines.isEmpty() ? "." : ": " + lines));
    }
}
