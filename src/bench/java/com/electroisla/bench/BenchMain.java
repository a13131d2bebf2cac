package com.electroisla.bench;

import com.electroisla.command.Context.Terminal;
import com.electroisla.command.Manage;
import com.electroisla.drill.DrillCommand;
import java.nio.file.Path;
import java.util.List;

/**
 * The entry point of the benchmark's process; arguments, settings, refusals and exit codes are those of any other
 * command.
 */
final class BenchMain {
    private BenchMain() {}

    public static void main(String... args) {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Terminal terminal = new Terminal(System.in, System.out, System.err, System.getenv());
        var commands = List.of(
                new Manage.Entry(
                        "bench",
                        "Mide el motor junto a otras maneras de reservar",
                        () -> new BenchCommand(String.join(" ", args))),
                new Manage.Entry(
                        "simulacro",
                        "El simulacro de fallos: kill -9 bajo carga, y la prueba de que nada se perdió",
                        DrillCommand::new));
        int code = new Manage(
                        Path.of(System.getProperty("electro-isla.base", "")),
                        terminal,
                        (host, port, shop, started, stopped) -> 1,
                        commands)
                .run(args);
        System.out.flush();
        System.exit(code);
    }
}
