package com.electroisla.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.docs.Debian;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs a systemd unit of {@code deploy/} like systemd, without systemd: in a mount namespace with the program in
 * {@code /opt/electro-isla}, the user {@code electro-isla}, and only those paths writable that the unit allows. The
 * machine itself is not changed.
 */
final class UnitSandbox {
    private static final int USER = 64_321;
    private static final String STATE = "/var/lib/electro-isla";

    private final Path folder;
    private final Path unit;
    private final Map<String, String> environment;
    private final String stateOptions;

    /**
     * @param folder its {@code estado} is {@code /var/lib/electro-isla} in the sandbox
     * @param environment settings besides the unit's, as {@code /opt/electro-isla/.env} would
     * @param stateOptions of the mount of the state's folder, such as {@code ro}; empty as the unit has it
     */
    UnitSandbox(Path folder, Path unit, Map<String, String> environment, String stateOptions) {
        this.folder = folder;
        this.unit = unit;
        this.environment = environment;
        this.stateOptions = stateOptions;
    }

    static void needsRoot() {
        assertTrue(
                Debian.isRoot(),
                "The units of deploy/ are run in a mount namespace, which only root may make: "
                        + "run this test as root (sudo ./manage test, or in a container).");
        Debian.program("unshare", "util-linux");
        Debian.program("setpriv", "util-linux");
    }

    /** The unit's own command with another port, so that a shop on this machine is not disturbed. */
    Process startUnit(String from, String to) throws IOException {
        String command = one("ExecStart");
        assertTrue(from.isEmpty() || command.contains(from), command);
        return start(from.isEmpty() ? command : command.replace(from, to), true);
    }

    /**
     * Runs a command line of a file that is no unit, such as cron's: with the user, without the unit's restrictions.
     */
    Process startOutside(String command) throws IOException {
        return start("/bin/sh -c '" + command.replace("'", "'\\''") + "'", false);
    }

    private Process start(String command, boolean walls) throws IOException {
        Path script = Files.writeString(Files.createTempFile(folder, "unidad", ".sh"), script(command, walls));
        return new ProcessBuilder("unshare", "--mount", "sh", script.toString())
                .redirectErrorStream(true)
                .start();
    }

    private String script(String command, boolean walls) throws IOException {
        StringBuilder text = new StringBuilder(
                """
                set -e
                mount --make-rprivate /
                mount -t tmpfs tmpfs /opt
                mkdir /opt/electro-isla /opt/jdk
                mount --bind '%1$s' /opt/electro-isla
                mount --bind '%2$s' /opt/jdk
                mount -t tmpfs tmpfs /var/lib
                mkdir -p %3$s
                mount --bind '%4$s' %3$s
                for kind in passwd group; do cp /etc/$kind /opt/$kind; done
                echo 'electro-isla:x:%5$d:%5$d::%3$s:/bin/sh' >>/opt/passwd
                echo 'electro-isla:x:%5$d:' >>/opt/group
                for kind in passwd group; do mount --bind /opt/$kind /etc/$kind; done
                """.formatted(program(folder.getParent()), System.getProperty("java.home"), STATE, state(), USER));
        if (walls) {
            wall(text);
        }
        if (!stateOptions.isEmpty()) {
            text.append(
                    stateOptions.contains("size")
                            ? "mount -t tmpfs -o uid=" + USER + "," + stateOptions + " tmpfs " + STATE + "\n"
                            : "mount -o remount,bind," + stateOptions + " " + STATE + "\n");
        }
        text.append("cd ")
                .append(walls ? one("WorkingDirectory") : "/")
                .append("\numask ")
                .append(walls ? one("UMask") : "022")
                .append('\n');
        text.append("exec setpriv --reuid ")
                .append(USER)
                .append(" --regid ")
                .append(USER)
                .append(" --clear-groups --no-new-privs --bounding-set=-all env -i ");
        text.append("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=" + STATE
                + " USER=electro-isla LOGNAME=electro-isla ");
        environment.forEach(
                (name, value) -> text.append(name).append("='").append(value).append("' "));
        for (String each : walls ? all("Environment") : List.<String>of()) {
            text.append(each).append(' ');
        }
        return text.append(command).append('\n').toString();
    }

    /**
     * Writes the mounts for {@code ProtectSystem=strict}, {@code ProtectHome=yes}, {@code PrivateTmp=yes} and
     * {@code StateDirectory=}.
     */
    private void wall(StringBuilder text) throws IOException {
        if (all("ProtectHome").equals(List.of("yes"))) {
            text.append("for each in /home /root; do [ ! -d $each ] || mount -t tmpfs -o mode=000 tmpfs $each; done\n");
        }
        if (all("ProtectSystem").equals(List.of("strict"))) {
            text.append("""
                    cut -d' ' -f5 /proc/self/mountinfo | sort -u | while read -r each; do
                        case $each in /dev* | /proc* | /sys*) ;; *) mount -o remount,bind,ro "$each" ;; esac
                    done
                    """);
        }
        if (all("StateDirectory").equals(List.of("electro-isla"))) {
            text.append("mount -o remount,bind,rw " + STATE + "\n");
        }
        if (all("PrivateTmp").equals(List.of("yes"))) {
            text.append("for each in /tmp /var/tmp; do mount -t tmpfs -o mode=1777 tmpfs $each; done\n");
        }
    }

    /** The packaged program as an operator has it: {@code manage} and a build. */
    private static synchronized Path program(Path folder) throws IOException {
        Path program = folder.resolve("programa");
        if (Files.exists(program)) {
            return program;
        }
        Path build = program.resolve("build/app-prueba");
        Path app = Path.of(System.getProperty("electro-isla.app", "target/quarkus-app"));
        try (Stream<Path> files = Files.walk(app)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = build.resolve(app.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    // With its date, or the JVM would not take the AOT cache that was made for it.
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        Files.createFile(build.resolve("fuentes"));
        Files.writeString(program.resolve("build/current"), "app-prueba\n");
        Files.copy(Path.of("manage"), program.resolve("manage"), StandardCopyOption.COPY_ATTRIBUTES);
        return program;
    }

    private Path state() throws IOException {
        Path state = folder.resolve("estado");
        if (!Files.exists(state)) {
            Files.createDirectory(state);
            Debian.Ended given = Debian.run(List.of("chown", USER + ":" + USER, state.toString()));
            assertTrue(given.code() == 0, given::text);
        }
        return state;
    }

    private String one(String key) throws IOException {
        List<String> values = all(key);
        assertTrue(values.size() == 1, () -> unit + " has " + values + " for " + key);
        return values.getFirst();
    }

    private List<String> all(String key) throws IOException {
        List<String> values = new ArrayList<>();
        for (String line : Files.readAllLines(unit)) {
            if (line.startsWith(key + "=")) {
                values.add(line.substring(key.length() + 1).strip());
            }
        }
        return values;
    }
}
