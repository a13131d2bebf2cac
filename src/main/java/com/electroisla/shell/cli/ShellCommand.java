package com.electroisla.shell.cli;

import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import com.electroisla.shell.Consola;
import com.electroisla.shell.Snippets;
import com.electroisla.wiring.Shop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import jdk.jshell.tool.JavaShellToolBuilder;

/**
 * {@code shell}: JShell in this process. At a terminal it is the JDK's own tool with its line editor; otherwise
 * standard input is a script, and only its own output is printed.
 */
public final class ShellCommand implements ManageCommand {
    private static final int LONGEST_SCRIPT = 1 << 20;

    private final Part<Shop> shop;

    public ShellCommand(Part<Shop> shop) {
        this.shop = shop;
    }

    @Override
    public int run(Context context) throws Exception {
        Consola.abrir(context.partAtStockSystem(shop), context.out());
        try {
            return context.isTerminal() ? interactive(context) : script(context);
        } finally {
            Consola.cerrar();
        }
    }

    private static int interactive(Context context) throws Exception {
        context.printLines("""
                La tienda está a mano: productos(), reservas(), inventario(), pedidos(), tienda(), sql("SELECT ...")
                Por ejemplo: productos().todos().limit(5).forEach(System.out::println)
                Tab completa, /help explica, /exit sale.""");
        Path startup = Files.createTempFile("electro-isla", ".jsh");
        try {
            Files.writeString(startup, Snippets.STARTUP);
            return JavaShellToolBuilder.builder()
                    .persistence(new HashMap<>())
                    .start(
                            "--execution",
                            "local",
                            "--class-path",
                            Snippets.classPath(),
                            "--startup",
                            "PRINTING",
                            "--startup",
                            startup.toString());
        } finally {
            Files.deleteIfExists(startup);
        }
    }

    private static int script(Context context) throws IOException {
        byte[] script = context.in().readNBytes(LONGEST_SCRIPT + 1);
        if (script.length > LONGEST_SCRIPT) {
            throw new CommandRefused("El guion pasa de 1 MiB.");
        }
        try (Snippets snippets = new Snippets()) {
            snippets.run(new String(script, StandardCharsets.UTF_8));
            return 0;
        } catch (Snippets.SnippetFailed failed) {
            CommandRefused refused = new CommandRefused(String.valueOf(failed.getMessage()));
            refused.initCause(failed);
            throw refused;
        }
    }
}
