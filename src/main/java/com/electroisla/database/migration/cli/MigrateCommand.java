package com.electroisla.database.migration.cli;

import com.electroisla.command.CommandRefused;
import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.WrongUsage;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Status;
import com.electroisla.database.migration.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrate [api [NUMBER|zero]] [--force] [--reparar]}. */
public final class MigrateCommand implements ManageCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "api", description = "La aplicación; solo hay una: api")
    private @Nullable String application;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MIGRACIÓN",
            description = "Hasta dónde, adelante o atrás: 0018, 0019, ... o zero; sin ella, hasta la última")
    private @Nullable String migration;

    @Option(
            names = "--force",
            description = "Da un paso atrás aunque termine reservas vivas o borre una tienda con datos")
    private boolean force;

    @Option(
            names = "--reparar",
            description = "En una base de la tienda antigua, arregla lo que se puede sin perder "
                    + "nada y lo anota en audit_logs; todo o nada. "
                    + "Mientras dura, los demás leen carritos, productos y reservas, pero esperan para escribir")
    private boolean mend;

    @Option(
            names = "--ensayo",
            description = "Hace todo en una transacción que se deshace, y dice qué añadiría, "
                    + "repararía o rechazaría, cuánto dura cada "
                    + "paso, qué bloquea y qué haría el camino de vuelta; no cambia nada, y mientras dura bloquea "
                    + "lo mismo "
                    + "que el paso de verdad")
    private boolean rehearsal;

    @Override
    public int run(Context context) {
        checkApplication(application);
        Migrations migrations = context.migrations().tellingProgressTo(context.err()::println);
        Target target = target(migrations.status());
        migrations.strangersHint().ifPresent(context.err()::println);
        if (rehearsal) {
            return switch (migrations.rehearse(target, force, mend, context.out()::println)) {
                case MigrationOutcome.Done done -> {
                    context.out().println("Ensayo terminado: no se ha cambiado nada.");
                    yield 0;
                }
                case MigrationOutcome.Refused refused ->
                    throw new CommandRefused(refused.reason() + " (Era un ensayo: no se ha cambiado nada.)");
            };
        }
        return switch (migrations.migrateTo(target, force, mend, context.out()::println)) {
            case MigrationOutcome.Done done -> {
                if (done.steps() == 0) {
                    context.out().println("No hay migraciones que aplicar.");
                }
                migrations.uninitialisedHint().ifPresent(context.out()::println);
                yield 0;
            }
            case MigrationOutcome.Refused refused -> throw new CommandRefused(refused.reason());
        };
    }

    static void checkApplication(@Nullable String application) {
        if (application != null && !application.equals("api")) {
            throw new WrongUsage("No existe la aplicación «" + application + "»; solo hay una: api");
        }
    }

    /** The target by number, as in Django: {@code 19}, {@code 0019} and {@code 0019_stock_system} are the same. */
    private Target target(Status status) {
        if (migration == null) {
            return Target.LATEST;
        }
        if (migration.equals("zero")) {
            return Target.ZERO;
        }
        for (Status.Entry entry : status.entries()) {
            boolean byNumber = migration.matches("0*" + entry.number());
            if (byNumber || migration.equals(entry.name())) {
                return new Target.Number(entry.number());
            }
        }
        throw new WrongUsage("No existe la migración «" + migration + "» de api; las hay de "
                + status.entries().getFirst().name() + " a "
                + status.entries().getLast().name());
    }
}
