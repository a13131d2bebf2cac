package com.electroisla.database.embedded;

import com.electroisla.database.JdbcTarget;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The data folder, its password and its settings.
 *
 * <p>Invariant: {@code datos} is a whole cluster with the shop's (empty) database in it, because the folder gets that
 * name by a rename at the end; each start writes the settings and access rules of this class. Called under the
 * {@link StartLock}.
 */
final class Cluster {
    /** PostgreSQL's first role, a superuser, for maintenance only. */
    static final String MAINTENANCE = "electro_isla";

    static final String DATABASE = "electro_isla";
    private static final Duration CREATION_LIMIT = Duration.ofMinutes(5);
    private static final String UNFINISHED = "datos.nuevo-";
    private static final long LEAST_SHARED_MEGABYTES = 128;
    private static final long MOST_SHARED_MEGABYTES = 1_024;
    private static final String SETTINGS_FILE = "electro-isla.conf";

    /** Every setting that matters is given here; an operator's settings after the include line win. */
    private static final String SETTINGS = """
            # Electro Isla escribe este archivo en cada arranque: los ajustes propios van al final de postgresql.conf.
            # Un COMMIT confirmado sobrevive a un corte de corriente.
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            wal_level = replica
            # Los segmentos se guardan y se reutilizan: crear uno nuevo (16 MB de ceros hasta el disco) detiene todos \
            los COMMIT.
            min_wal_size = 1GB
            # Tras cada punto de control, cada página se escribe entera una vez más; en un catálogo grande, mejor pocos.
            max_wal_size = 4GB
            checkpoint_timeout = 15min
            # Solo este equipo, solo con contraseña.
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            ssl = off
            # Tamaño.
            max_connections = 200
            shared_buffers = %dMB
            jit = off
            # Lo que se escribe y se lee igual en cualquier equipo.
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            # Registro: esperas de más de 1 s por un bloqueo, interbloqueos y errores.
            log_destination = 'stderr'
            logging_collector = off
            log_lock_waits = on
            deadlock_timeout = 1s
            log_checkpoints = off
            log_line_prefix = '%%m [%%p] %%a@%%d '
            """;

    /**
     * Speeds up recovery after a crash: one call flushes the whole file system instead of a thousand files. Older
     * kernels hide errors of that call.
     */
    private static final String QUICK_RECOVERY = "recovery_init_sync_method = syncfs\n";

    private static final Pattern KERNEL = Pattern.compile("(\\d+)\\.(\\d+).*");

    private static final String ACCESS = """
            # Electro Isla escribe este archivo en cada arranque.
            host all electro_isla,tienda 127.0.0.1/32 scram-sha-256
            """;

    private final HomeFolder home;

    Cluster(HomeFolder home) {
        this.home = home;
    }

    boolean exists() {
        return Files.isDirectory(home.data());
    }

    /** Refuses data of another major version of PostgreSQL, because each version reads only its own. */
    void checkMajor(String ours) throws IOException {
        Path file = home.data().resolve("PG_VERSION");
        if (ours.isEmpty() || !Files.exists(file)) {
            return;
        }
        String theirs = Files.readString(file).strip();
        if (!theirs.equals(ours)) {
            throw new EmbeddedPostgresException("Los datos de " + home.root() + " son de PostgreSQL " + theirs
                    + " y este programa trae PostgreSQL " + ours
                    + ": haga un respaldo con el programa anterior y restáurelo con este, como cuenta "
                    + "docs/how-to/postgresql-major.md.");
        }
    }

    /** Makes the data folder with a new password if there is none yet. */
    void create(Programs programs, ServerLog log, Consumer<String> progress) throws IOException {
        HomeFolder.discardLeftovers(home.root(), UNFINISHED);
        if (exists()) {
            return;
        }
        progress.accept("Creando la base de datos en " + home.data() + "...");
        HomeFolder.writeWhole(home.password(), newPassword() + "\n");
        String shopPassword = newPassword();
        long offset = log.size();
        // A name of its own: an orphaned initdb of a killed process may still be writing to the last one.
        String fresh = UNFINISHED + HexFormat.of().formatHex(random(4));
        run(
                log,
                offset,
                programs.start(
                        "initdb",
                        "-D",
                        fresh,
                        "-U",
                        MAINTENANCE,
                        "-A",
                        "scram-sha-256",
                        "--pwfile",
                        home.password().getFileName().toString(),
                        "-E",
                        "UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C",
                        "--data-checksums",
                        "--no-instructions"));
        Path folder = home.root().resolve(fresh);
        Files.writeString(
                folder.resolve("postgresql.conf"), "\ninclude '" + SETTINGS_FILE + "'\n", StandardOpenOption.APPEND);
        writeSettings(folder);
        Process single = programs.start("postgres", "--single", "-j", "-D", fresh, "postgres");
        try (var input = single.outputWriter()) {
            input.write(ShopRoleSql.make(shopPassword));
        }
        run(log, offset, single);
        HomeFolder.writeWhole(folder.resolve(HomeFolder.SHOP_PASSWORD), shopPassword + "\n");
        HomeFolder.moveWhole(folder, home.data());
    }

    private void run(ServerLog log, long offset, Process program) {
        boolean inTime = Programs.await(program, CREATION_LIMIT);
        if (!inTime || program.exitValue() != 0) {
            throw new EmbeddedPostgresException("No se pudo crear la base de datos en " + home.data()
                    + (inTime ? "" : " en " + CREATION_LIMIT.toMinutes() + " minutos")
                    + "; detalles en " + log.file() + ": " + log.lastWordsSince(offset));
        }
    }

    /** Writes this build's settings and access rules into an existing cluster. */
    void writeSettings() throws IOException {
        writeSettings(home.data());
    }

    /** Makes the shop's role if there is none yet; the server is running. */
    void convert(JdbcTarget maintenance, Consumer<String> progress) throws IOException {
        if (Files.exists(home.shopPassword())) {
            return;
        }
        String password = newPassword();
        try {
            ShopRoleSql.convert(maintenance, password);
            HomeFolder.writeWhole(home.shopPassword(), password + "\n");
        } catch (SQLException refused) {
            progress.accept("La base de datos se sigue usando como superusuario; no se pudo "
                    + "pasar al rol de la tienda: " + refused.getMessage());
        }
    }

    /** The target with the shop's role and password; with the superuser's if there is no such role yet. */
    JdbcTarget shop(String url) throws IOException {
        return Files.exists(home.shopPassword())
                ? new JdbcTarget(
                        url,
                        ShopRoleSql.NAME,
                        Files.readString(home.shopPassword()).strip())
                : new JdbcTarget(url, MAINTENANCE, password());
    }

    /** The superuser's generated password, which only the owner of the home can read. */
    String password() throws IOException {
        if (!Files.exists(home.password())) {
            throw new EmbeddedPostgresException("Falta " + home.password()
                    + ", la contraseña de la base de datos de esa carpeta; recupérela de una copia de seguridad.");
        }
        return Files.readString(home.password()).strip();
    }

    private static String newPassword() {
        // 256 bits: guessing is hopeless whatever the number of hash iterations.
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
    }

    private static void writeSettings(Path folder) throws IOException {
        writeIfChanged(
                folder.resolve(SETTINGS_FILE),
                SETTINGS.formatted(sharedMegabytes()) + (syncsFileSystems() ? QUICK_RECOVERY : ""));
        writeIfChanged(folder.resolve("pg_hba.conf"), ACCESS);
    }

    /**
     * An eighth of the memory of the machine or the container, within limits. With less, in a shop of a million
     * products, every checkout reads its pages from the system's cache and evicts others.
     */
    static long sharedMegabytes() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.clamp(system.getTotalMemorySize() / 8 >> 20, LEAST_SHARED_MEGABYTES, MOST_SHARED_MEGABYTES);
    }

    /** Whether the system has syncfs with errors reported: Linux from 5.8 on. */
    private static boolean syncsFileSystems() {
        var version = KERNEL.matcher(System.getProperty("os.version", ""));
        if (!System.getProperty("os.name", "").equals("Linux") || !version.matches()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        return major > 5 || major == 5 && Integer.parseInt(version.group(2)) >= 8;
    }

    private static void writeIfChanged(Path file, String content) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(content)) {
            HomeFolder.writeWhole(file, content);
        }
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
