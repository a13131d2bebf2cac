package com.electroisla.drill;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.WrongUsage;
import com.electroisla.rig.Program;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code simulacro}; see docs/how-to/drill.md. */
public final class DrillCommand implements ManageCommand {
    private static final Duration LONGEST_CALM = Duration.ofSeconds(10);
    private static final Duration LONGEST_TIME_TO_LIVE = Duration.ofSeconds(10);
    private static final int DIFFERENCES_SHOWN = 50;

    @Option(
            names = "--minutos",
            paramLabel = "N",
            description = "Cuánto dura; las muertes se reparten en ese tiempo [10]")
    double minutes = 10;

    @Option(
            names = "--muertes-servidor",
            paramLabel = "N",
            description = "Cuántas veces muere un servidor, con kill -9 [20]")
    int serverKills = 20;

    @Option(
            names = "--muertes-base",
            paramLabel = "N",
            description = "Cuántas veces muere la base de datos, con kill -9 [20]")
    int databaseKills = 20;

    @Option(names = "--compradores", paramLabel = "N", description = "Compradores a la vez [16]")
    int buyers = 16;

    @Option(
            names = "--pagadores",
            paramLabel = "N",
            description = "Compradores que además pagan por el proveedor de prueba, a la vez [4]")
    int payers = 4;

    @Option(
            names = "--semilla",
            paramLabel = "N",
            description = "Repite los momentos y las víctimas de otro simulacro [al azar]")
    @Nullable
    Long seed;

    @Override
    public int run(Context context) throws Exception {
        if (minutes <= 0 || serverKills < 0 || databaseKills < 0 || buyers < 1 || payers < 0) {
            throw new WrongUsage("Los minutos y los compradores son mayores que cero, y las muertes no son negativas");
        }
        Program program = Program.packaged();
        long drawn = seed == null ? RandomGenerator.getDefault().nextLong(1_000_000) : seed;
        Duration length = Duration.ofNanos((long) (minutes * 60e9));
        Duration timeToLive =
                Duration.ofSeconds(Math.clamp(length.toSeconds() / 6, 3, LONGEST_TIME_TO_LIVE.toSeconds()));
        Duration calm = Duration.ofSeconds(Math.clamp(length.toSeconds() / 6, 1, LONGEST_CALM.toSeconds()));
        var plan = new Drill.Plan(length, calm, serverKills, databaseKills, buyers, payers, timeToLive, drawn);
        context.printLines("Simulacro de " + length.toSeconds() + " s: 2 servidores, " + buyers + " compradores y "
                + payers + " que pagan por el proveedor, reservas de " + timeToLive.toSeconds() + " s, semilla "
                + drawn);
        Drill.Verdict verdict = new Drill(plan, program, context.err()::println)
                .run(context.settings().base().resolve("build/simulacro"));
        return report(verdict, plan, context);
    }

    private static String money(Drill.Verdict verdict) {
        Map<String, Long> results = verdict.money().charges().stream()
                .collect(Collectors.groupingBy(MoneyFacts.ChargeRow::result, TreeMap::new, Collectors.counting()));
        Map<String, Long> reasons = verdict.money().refunds().stream()
                .collect(Collectors.groupingBy(MoneyFacts.RefundRow::reason, TreeMap::new, Collectors.counting()));
        return "Pagos por el proveedor: %d; cobros: %s; reembolsos: %s"
                .formatted(verdict.tally().payments.sum(), results, reasons);
    }

    private static int report(Drill.Verdict verdict, Drill.Plan plan, Context context) {
        Tally tally = verdict.tally();
        List<String> lines = List.of(
                "kill -9: %d a servidores, %d a la base de datos; arranques de servidor: %d"
                        .formatted(tally.serverKills.sum(), tally.databaseKills.sum(), verdict.starts()),
                "Peticiones: %d (%d lecturas); 2xx: %d; rechazadas: %d; 503 sin efecto: %d; sin conexión: %d"
                        .formatted(
                                tally.requests.sum(),
                                tally.reads.sum(),
                                tally.done.sum(),
                                tally.refused.sum(),
                                tally.away.sum(),
                                tally.neverSent.sum()),
                ("Resultados desconocidos: %d (%d veces resultado_desconocido); aclarados con su clave: "
                                + "%d; sin clave, cuenta apartada: %d")
                        .formatted(
                                tally.unknown.sum(),
                                tally.saidUnknown.sum(),
                                tally.resolved.sum(),
                                tally.setAside.sum()),
                "Repeticiones con la misma clave comparadas byte a byte: %d".formatted(tally.repeats.sum()),
                "Fila del producto %d retenida por alguien ajeno: %d s en total; 2xx mientras tanto: %d"
                        .formatted(
                                DrillShelf.BUSIEST,
                                verdict.bystander().sat().toSeconds(),
                                verdict.bystander().doneMeanwhile()),
                "Pausa más larga sin ningún 2xx: %.1f s"
                        .formatted(tally.longestPause().toMillis() / 1000.0),
                ("Correos: %d cartas, %d mensajes (%d al terminar, de servidores muertos o aplazados); repetidos "
                                + "con su mismo Message-ID tras un kill -9: %d")
                        .formatted(
                                verdict.facts().letters().size(), verdict.mails(), verdict.left(), verdict.doubles()),
                money(verdict),
                "En la base: %d reservas, %d pedidos, %d devoluciones, %d líneas de carrito"
                        .formatted(
                                verdict.facts().holds().size(),
                                verdict.facts().orders().size(),
                                verdict.facts().returns().size(),
                                verdict.facts().cartLines().size()));
        lines.forEach(context::printLines);
        List<String> differences = verdict.differences();
        if (tally.serverKills.sum() != plan.serverKills() || tally.databaseKills.sum() != plan.databaseKills()) {
            context.printLines("✗ No se llegó a todas las muertes pedidas");
        }
        if (differences.isEmpty()) {
            context.printLines("✓ Cada 2xx está en la base exactamente una vez, y nada de lo rechazado");
            context.printLines("✓ En ningún momento se prometió una unidad dos veces");
            context.printLines("✓ Cada pedido hecho o cancelado tiene su correo, ninguno se perdió, y sin un kill -9 "
                    + "ninguno llegó dos veces");
            context.printLines(
                    "✓ El dinero que entró es el de los pedidos que compró más el que se debe, al céntimo, y "
                            + "cada cobro está una vez");
            context.printLines("✓ verificar_inventario: sin diferencias");
            return tally.serverKills.sum() == plan.serverKills() && tally.databaseKills.sum() == plan.databaseKills()
                    ? 0
                    : 1;
        }
        context.printLines("✗ " + differences.size() + " diferencias:");
        differences.stream().limit(DIFFERENCES_SHOWN).forEach(difference -> context.printLines("  - " + difference));
        return 1;
    }
}
