package com.electroisla.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Unmatched;

/**
 * {@code bench} and {@code simulacro}, which are not in the product: {@code manage} compiles and runs them where their
 * sources are, and calls this class only where they are not.
 */
public final class FromSourcesCommand implements ManageCommand {
    /** Accepts any options, to be ignored. */
    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public int run(Context context) {
        throw new CommandRefused("Este comando no viene en el programa: se ejecuta con ./manage en una copia "
                + "completa del proyecto.");
    }
}
