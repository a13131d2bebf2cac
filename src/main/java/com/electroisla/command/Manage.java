package com.electroisla.command;

import com.electroisla.command.Context.Terminal;
import com.electroisla.settings.InvalidSetting;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code ./manage}: finds the command, reads its arguments and settings, runs it and returns its exit code: 0 done, 1
 * refused or failed, 2 wrong usage. Only the chosen command's class is loaded.
 */
public final class Manage {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private static final String HELP = "--help";
    private static final String TRACEBACK = "--traceback";

    /** The password may stand in the part before the host, or among the parameters. */
    private static final Pattern URL_WITH_PASSWORD = Pattern.compile(
            "(?i)postgres(?:ql)?:(?://[^/@]*:[^@]+@|.*[?&;](?:password|pass|sslpassword|pgpassword)=.)");

    private final Path base;
    private final Terminal terminal;
    private final HttpServer http;
    private final List<Entry> commands;

    /**
     * An entry of the list of commands.
     *
     * @param summary one line for the list, in Spanish
     */
    public record Entry(String name, String summary, Supplier<ManageCommand> make) {}

    /**
     * @param base the folder of {@code manage}, to which {@code .env} and relative paths belong
     * @param commands all commands, in the order of the list
     */
    public Manage(Path base, Terminal terminal, HttpServer http, List<Entry> commands) {
        this.base = base;
        this.terminal = terminal;
        this.http = http;
        this.commands = commands;
    }

    /** Runs one command line and returns its exit code. */
    public int run(String... args) {
        if (args.length == 0 || List.of(HELP, "-h", "help").contains(args[0])) {
            list();
            return DONE;
        }
        if (List.of(args).stream()
                .anyMatch(arg -> URL_WITH_PASSWORD.matcher(arg).find())) {
            terminal.err()
                    .println("Una URL de base de datos con clave no va en la línea de comandos, donde otros "
                            + "usuarios la ven (ps): "
                            + "ponla en DATABASE_URL, en el entorno o en el archivo .env.");
            return WRONG_USAGE;
        }
        for (Setting setting : Setting.values()) {
            if (setting.isSecret() && isGiven(setting, args)) {
                terminal.err()
                        .println(setting.variable() + " es un secreto y no va en la línea de comandos, donde otros "
                                + "usuarios lo ven (ps): ponlo en el entorno o en el archivo .env.");
                return WRONG_USAGE;
            }
        }
        for (Entry entry : commands) {
            if (entry.name().equals(args[0])) {
                return run(entry, List.of(args).subList(1, args.length).toArray(String[]::new));
            }
        }
        new HarmlessOutput(terminal.err())
                .println("No existe el comando «" + args[0] + "»; ./manage sin argumentos los enumera.");
        return WRONG_USAGE;
    }

    private static boolean isGiven(Setting setting, String[] args) {
        return List.of(args).stream()
                .anyMatch(arg -> arg.equals(setting.flag()) || arg.startsWith(setting.flag() + "="));
    }

    private void list() {
        terminal.out().println("Uso: ./manage COMANDO [OPCIONES]");
        terminal.out().println();
        int width =
                commands.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
        for (Entry entry : commands) {
            terminal.out()
                    .println("  " + entry.name()
                            + " ".repeat(width - entry.name().length() + 2) + entry.summary());
        }
        terminal.out().println();
        terminal.out().println("./manage COMANDO --help muestra las opciones de cada uno.");
    }

    private int run(Entry entry, String[] args) {
        // Until Quarkus starts, the log manager buffers all records, and the database driver would format one for each
        // statement.
        Logger.getLogger("").setLevel(Level.INFO);
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
        try (Context context = new Context(settings(command.ownSettings(), flags), terminal, http)) {
            return command.run(context);
        } catch (WrongUsage wrong) {
            return wrongUsage(entry, String.valueOf(wrong.getMessage()));
        } catch (Throwable failure) {
            new HarmlessOutput(terminal.err()).println(Failure.inOneLine(failure));
            if (parsed.hasMatchedOption(TRACEBACK)) {
                failure.printStackTrace(new HarmlessOutput(terminal.err()));
            }
            return failure instanceof InvalidSetting invalid && flags.containsKey(invalid.setting())
                    ? WRONG_USAGE
                    : FAILED;
        } finally {
            terminal.out().flush();
        }
    }

    private Settings settings(Map<Setting, String> own, Map<Setting, String> flags) {
        Map<Setting, String> first = new EnumMap<>(Setting.class);
        first.putAll(own);
        first.putAll(flags);
        Settings settings = Settings.load(base, first, terminal.environment());
        TemporaryFiles.provide(settings.home());
        return settings;
    }

    private int wrongUsage(Entry entry, String reason) {
        new HarmlessOutput(terminal.err()).println(reason + " (./manage " + entry.name() + " --help)");
        return WRONG_USAGE;
    }

    private static Map<Setting, String> flags(ParseResult parsed) {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (!setting.isSecret() && parsed.hasMatchedOption(setting.flag())) {
                flags.put(setting, parsed.matchedOptionValue(setting.flag(), ""));
            }
        }
        return flags;
    }

    /** The options that every command has: one for each setting that is no secret, and two more. */
    static void addCommonOptions(CommandSpec spec) {
        for (Setting setting : Setting.values()) {
            if (setting.isSecret()) {
                continue;
            }
            String preset = setting.defaultValue().isEmpty() ? "" : " [" + setting.defaultValue() + "]";
            spec.addOption(OptionSpec.builder(setting.flag())
                    .paramLabel("VALOR")
                    .type(String.class)
                    .description(setting.description() + preset)
                    .build());
        }
        spec.addOption(OptionSpec.builder(TRACEBACK)
                .description("Ante un fallo, muestra la traza")
                .build());
        spec.addOption(OptionSpec.builder("-h", HELP)
                .usageHelp(true)
                .description("Muestra esta ayuda")
                .build());
    }
}
