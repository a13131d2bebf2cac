package com.electroisla.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** {@code runserver}. */
public final class RunServerCommand implements ManageCommand {
    @Parameters(arity = "0..1", paramLabel = "[DIRECCIÓN:]PUERTO", description = "Dónde escuchar [127.0.0.1:8000]")
    private @Nullable String listen;

    @Override
    public int run(Context context) {
        return context.serve(listen == null ? "127.0.0.1:8000" : listen, _ -> {}, _ -> {});
    }
}
