package com.electroisla.command;

import com.electroisla.accounts.cli.ChangePasswordCommand;
import com.electroisla.accounts.cli.CreateSuperuserCommand;
import com.electroisla.command.Context.Terminal;
import com.electroisla.database.migration.cli.MigrateCommand;
import com.electroisla.database.migration.cli.ShowMigrationsCommand;
import com.electroisla.inventory.cli.ActualizarStock;
import com.electroisla.inventory.cli.ResumenInventario;
import com.electroisla.inventory.cli.VerificarDatos;
import com.electroisla.inventory.cli.VerificarInventario;
import com.electroisla.reservation.cli.LiberarReservasExpiradas;
import com.electroisla.reservation.cli.Reservas;
import com.electroisla.demo.cli.DemoCommand;
import com.electroisla.settings.InvalidSetting;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code ./manage}: finds the command, reads its arguments and settings, runs it and turns its end into an exit code.
 * Exit 0 is done, 1 refused or failed, 2 wrong usage. Only the chosen command's class is loaded.
 */
public final class Manage {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private static final String HELP = "--help";
    private static final String TRACEBACK = "--traceback";

    /** The one list of commands, in the order in which they are shown. */
    static final List<Entry> COMMANDS = List.of(
            new Entry("demo", "Una tienda de muestra, servida solo en esta máquina", () -> new DemoCommand()),
            new Entry("runserver", "El servidor; por omisión en 127.0.0.1:8000", () -> new RunServer()),
            new Entry("migrate", "Aplica o deshace migraciones", () -> new MigrateCommand()),
            new Entry("showmigrations", "Muestra qué migraciones tiene la base de datos", () -> new ShowMigrationsCommand()),
            new Entry("actualizar_stock", "Paso 3: stock_total = stock en los productos sin inicializar", () -> new ActualizarStock()),
            new Entry("verificar_datos", "Paso 4: las cuatro cifras de los primeros productos", () -> new VerificarDatos()),
            new Entry("liberar_reservas_expiradas", "Paso 7.3: libera las reservas que expiraron", () -> new LiberarReservasExpiradas()),
            new Entry("reservas", "Paso 9: reservas por estado y próximas a expirar", () -> new Reservas()),
            new Entry("resumen_inventario", "Totales del inventario", () -> new ResumenInventario()),
            new Entry("verificar_inventario", "Compara las cifras con las reservas", () -> new VerificarInventario()),
            new Entry("createsuperuser", "Crea un superusuario", () -> new CreateSuperuserCommand()),
            new Entry("changepassword", "Cambia la contraseña de un usuario y cierra sus sesiones", () -> new ChangePasswordCommand()));

    private final Path base;
    private final Terminal terminal;
    private final HttpServer http;

    record Entry(String name, String summary, Supplier<ManageCommand> make) {}

    /** @param base the folder of {@code manage}, which {@code .env} and relative paths count from */
    public Manage(Path base, Terminal terminal, HttpServer http) {
        this.base = base;
        this.terminal = terminal;
        this.http = http;
    }

    /** Runs one command line and returns its exit code. */
    public int run(String... args) {
        if (args.length == 0 || List.of(HELP, "-h", "help").contains(args[0])) {
            list();
            return DONE;
        }
        for (Entry entry : COMMANDS) {
            if (entry.name().equals(args[0])) {
                return run(entry, List.of(args).subList(1, args.length).toArray(String[]::new));
            }
        }
        terminal.err().println("No existe el comando «" + args[0] + "»; ./manage sin argumentos los enumera.");
        return WRONG_USAGE;
    }

    private void list() {
        terminal.out().println("Uso: ./manage COMANDO [OPCIONES]");
        terminal.out().println();
        int width = COMMANDS.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
        for (Entry entry : COMMANDS) {
            terminal.out().println("  " + entry.name() + " ".repeat(width - entry.name().length() + 2) + entry.summary());
        }
        terminal.out().println();
        terminal.out().println("./manage COMANDO --help muestra las opciones de cada uno.");
    }

    private int run(Entry entry, String[] args) {
        ManageCommand command = entry.make().get();
        CommandLine line = CommandLines.of(entry.name(), entry.summary(), command);
        ParseResult parsed;
        try {
            parsed = line.parseArgs(args);
        } catch (ParameterException wrong) {
            return wrongUsage(entry, CommandLines.inSpanish(wrong));
        }
        if (parsed.hasMatchedOption(HELP)) {
            line.usage(terminal.out());
            return DONE;
        }
        Map<Setting, String> flags = flags(parsed);
        try (Context context = new Context(Settings.load(base, flags, terminal.environment()), terminal, http)) {
            return command.run(context);
        } catch (WrongUsage wrong) {
            return wrongUsage(entry, wrong.getMessage());
        } catch (Exception failure) {
            terminal.err().println(Failure.inOneLine(failure));
            if (parsed.hasMatchedOption(TRACEBACK)) {
                failure.printStackTrace(terminal.err());
            }
            return failure instanceof InvalidSetting invalid && flags.containsKey(invalid.setting()) ? WRONG_USAGE : FAILED;
        } finally {
            terminal.out().flush();
        }
    }

    private int wrongUsage(Entry entry, String reason) {
        terminal.err().println(reason + " (./manage " + entry.name() + " --help)");
        return WRONG_USAGE;
    }

    private static Map<Setting, String> flags(ParseResult parsed) {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (parsed.hasMatchedOption(setting.flag())) {
                flags.put(setting, parsed.matchedOptionValue(setting.flag(), ""));
            }
        }
        return flags;
    }

    /** The options that every command has: one for each setting, and two more. */
    static void addCommonOptions(CommandSpec spec) {
        for (Setting setting : Setting.values()) {
            String preset = setting.defaultValue().isEmpty() ? "" : " [" + setting.defaultValue() + "]";
            spec.addOption(OptionSpec.builder(setting.flag())
                    .paramLabel("VALOR")
                    .type(String.class)
                    .description(setting.description() + preset)
                    .build());
        }
        spec.addOption(OptionSpec.builder(TRACEBACK).description("Ante un fallo, muestra la traza").build());
        spec.addOption(OptionSpec.builder("-h", HELP).usageHelp(true).description("Muestra esta ayuda").build());
    }
}
