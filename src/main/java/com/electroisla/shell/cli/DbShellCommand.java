package com.electroisla.shell.cli;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.database.JdbcTarget;
import com.electroisla.shell.Psql;
import com.electroisla.shell.SqlConsole;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code dbshell}: SQL on the shop's database, as it is, whatever its migrations. */
public final class DbShellCommand implements ManageCommand {
    @Option(names = "--propia", description = "La pequeña de este programa aunque psql esté instalado")
    private boolean ownOne;

    @Override
    public int run(Context context) throws Exception {
        JdbcTarget target = context.database().target();
        Optional<Path> psql = ownOne ? Optional.empty() : Psql.find(context.environment());
        boolean interactive = context.isTerminal();
        boolean well = psql.isPresent()
                ? Psql.run(psql.get(), target, !interactive)
                : SqlConsole.run(
                        target,
                        new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8)),
                        context.out(),
                        context.err(),
                        interactive);
        return well ? 0 : 1;
    }
}
