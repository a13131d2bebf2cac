package com.electroisla.database.migration.cli;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.database.migration.Status;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** {@code showmigrations [api]}; changes nothing. */
public final class ShowMigrationsCommand implements ManageCommand {
    @Parameters(arity = "0..1", paramLabel = "api", description = "La aplicación; solo hay una: api")
    private @Nullable String application;

    @Override
    public int run(Context context) {
        MigrateCommand.checkApplication(application);
        Status status = context.migrations().status();
        context.out().println("api");
        for (Status.Entry entry : status.entries()) {
            context.out().println(" [" + (entry.applied() ? "X" : " ") + "] " + entry.name());
        }
        // Findings go to stderr, because programs parse the list on stdout.
        context.migrations().findings().forEach(finding -> context.err().println(finding.line()));
        status.problem().ifPresent(context.err()::println);
        return 0;
    }
}
