package com.electroisla.reconciliation.cli;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.Part;
import com.electroisla.command.WrongUsage;
import com.electroisla.database.OrphanSql;
import com.electroisla.database.StockFigures;
import com.electroisla.inventory.Inventory;
import com.electroisla.inventory.Inventory.Difference;
import com.electroisla.inventory.RepairInventory;
import com.electroisla.reconciliation.Differences;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * {@code verificar_inventario}: compares the figures with the reservations, and checks that every foreign key points
 * at a row. Exit 1 when there are differences, or when {@code --reparar} could not mend them all; changes nothing
 * without it.
 */
public final class VerificarInventarioCommand implements ManageCommand {
    @Option(
            names = "--desde",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "FECHA",
            description = "Dice de cada diferencia desde cuándo está. Con FECHA, solo productos con cambios desde "
                    + "entonces: 2026-11-24 o 2026-11-24T08:00, de la zona de la tienda, o 2026-11-24T12:00:00Z")
    private @Nullable String since;

    @Option(
            names = "--reparar",
            description = "Pone las cifras según las reservas y lo anota en audit_logs; lo que "
                    + "vendió la tienda antigua sigue vendido, y lo reparado vuelve a la venta")
    private boolean repair;

    /** Each asks the past of its product, so there is a limit. */
    private static final int MOST_WITH_THEIR_MOMENT = 1_000;

    private final Part<Inventory> inventory;
    private final Part<RepairInventory> repairs;
    private final Part<Differences> differences;

    public VerificarInventarioCommand(
            Part<Inventory> inventory, Part<RepairInventory> repairs, Part<Differences> differences) {
        this.inventory = inventory;
        this.repairs = repairs;
        this.differences = differences;
    }

    @Override
    public int run(Context context) {
        Optional<Instant> from = Optional.ofNullable(since)
                .filter(text -> !text.isEmpty())
                .map(text -> moment(text, context.settings().zone()));
        Inventory checked = context.partAtStockSystem(inventory);
        Differences known = context.partAtStockSystem(differences);
        if (since != null) {
            tellSince(context, checked, known, from);
        }
        int figures = repair
                ? repair(context, context.partAtStockSystem(repairs), known, from)
                : verify(context, checked, known, from);
        return Math.max(figures, orphans(context, checked));
    }

    /** Reports orphans. No program mends them: a person must know which row is wrong, or which one is missing. */
    private static int orphans(Context context, Inventory inventory) {
        List<OrphanSql.Orphans> orphans = inventory.orphans();
        orphans.forEach(each -> context.out().println("  - " + each.sentence()));
        if (!orphans.isEmpty()) {
            context.out()
                    .println(("❌ %d claves foráneas con filas huérfanas: un respaldo de esta base no se puede "
                                    + "restaurar hasta que se corrijan")
                            .formatted(orphans.size()));
        }
        return orphans.isEmpty() ? 0 : 1;
    }

    /** Says of every difference when figure and rows parted, as narrowly as something has kept their past. */
    private static void tellSince(Context context, Inventory inventory, Differences known, Optional<Instant> from) {
        List<Difference> found = new ArrayList<>();
        int all = inventory.verify(from, difference -> {
            if (found.size() < MOST_WITH_THEIR_MOMENT) {
                found.add(difference);
            }
        });
        ZoneId zone = context.settings().zone();
        found.stream()
                .filter(each -> !each.inherited())
                .forEach(difference -> context.out()
                        .println("  - %s (id %d), %s: %s"
                                .formatted(
                                        difference.product(),
                                        difference.productId(),
                                        column(difference.kind()),
                                        moment(known.since(difference), zone))));
        if (all > found.size()) {
            context.out().println("  … y %d diferencias más, sin su momento".formatted(all - found.size()));
        }
    }

    private static String moment(Differences.Since since, ZoneId zone) {
        Instant well = since.wellUntil();
        return well == null
                ? "no se sabe desde cuándo; es seguro que ya el " + second(since.wrongSince(), zone)
                : "cuadraba el %s y ya no el %s".formatted(second(well, zone), second(since.wrongSince(), zone));
    }

    private static String second(Instant moment, ZoneId zone) {
        return moment.atZone(zone).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    }

    private static String column(Difference.Kind kind) {
        return switch (kind) {
            case RESERVED -> "stock_reservado";
            case SOLD -> "stock_vendido";
            case LEGACY_STOCK -> "stock";
        };
    }

    private static int repair(Context context, RepairInventory inventory, Differences known, Optional<Instant> from) {
        Map<Long, String> closed = known.closed();
        RepairInventory.Result result =
                inventory.run(from, mended -> context.out().println(sentence(mended)));
        known.endWhatAgrees();
        Map<Long, String> stillClosed = known.closed();
        closed.forEach((id, name) -> {
            if (!stillClosed.containsKey(id)) {
                context.out().println("  ✓ %s (id %d): vuelve a la venta".formatted(name, id));
            }
        });
        stillClosed.forEach((id, name) -> {
            if (!closed.containsKey(id)) {
                context.out()
                        .println(("  ✗ %s (id %d): queda cerrado, no se vende hasta que alguien repare o acepte su "
                                        + "diferencia")
                                .formatted(name, id));
            }
        });
        context.out()
                .println(
                        result.done() + result.refused() == 0
                                ? "✅ El inventario cuadra con las reservas"
                                : "✅ %d productos reparados".formatted(result.done()));
        if (result.refused() > 0) {
            context.out()
                    .println(("❌ %d productos quedan sin reparar, por lo que dice su línea")
                            .formatted(result.refused()));
        }
        return result.refused() == 0 ? 0 : 1;
    }

    private static String sentence(RepairInventory.Repair repair) {
        String figures = "stock_reservado %d → %d, stock_vendido %d → %d"
                .formatted(
                        repair.before().reserved(),
                        repair.counted().reserved(),
                        repair.before().sold(),
                        repair.counted().sold());
        String explained = repair.withoutRows() == 0
                ? ""
                : "; %d vendidas sin reserva, anotadas como ajuste".formatted(repair.withoutRows());
        return repair.done()
                ? "  ✓ %s (id %d): %s%s".formatted(repair.product(), repair.productId(), figures, explained)
                : "  ✗ %s (id %d): sin cambios; %s %s"
                        .formatted(repair.product(), repair.productId(), figures, why(repair));
    }

    private static String why(RepairInventory.Repair repair) {
        if (repair.counted().sold() < 0) {
            return "hay más devoluciones que ventas";
        }
        if (repair.counted().reserved() + repair.counted().sold() > repair.total()) {
            return "no cabe en stock_total=" + repair.total();
        }
        long available = StockFigures.free(
                repair.total(), repair.counted().reserved(), repair.counted().sold());
        return repair.withoutRows() > 0
                ? ("y %d vendidas sin reserva, que ./manage migrate api 0019 --reparar conserva y anota")
                        .formatted(repair.withoutRows())
                : ("pero stock=%d y no %d; decide cuál vale, y pon stock o stock_total")
                        .formatted(repair.stock(), available);
    }

    private static int verify(Context context, Inventory inventory, Differences known, Optional<Instant> from) {
        AtomicInteger inherited = new AtomicInteger();
        int differences = inventory.verify(from, difference -> {
            context.out().println(sentence(difference));
            if (difference.inherited()) {
                inherited.incrementAndGet();
            }
        });
        if (inherited.get() > 0) {
            context.out()
                    .println("ℹ️ %d de esas diferencias son de la tienda antigua: estaban ya %s"
                            .formatted(
                                    inherited.get(),
                                    inventory
                                            .takenOver()
                                            .map(moment -> "cuando se tomó la base, el "
                                                    + day(
                                                            moment,
                                                            context.settings().zone())
                                                    + ". --reparar pone las cifras según las"
                                                    + " reservas; lo que vendió y ninguna reserva cuenta "
                                                    + "sigue vendido y queda anotado "
                                                    + "como ajuste")
                                            .orElse("antes de que este programa empezara a llevar las "
                                                    + "cifras. --reparar pone las cifras "
                                                    + "según las reservas; lo que vendió y"
                                                    + " ninguna reserva cuenta lo conserva y "
                                                    + "anota ./manage migrate api 0019 --reparar")));
        }
        int closed = known.closed().size();
        if (closed > 0) {
            context.out()
                    .println(("ℹ️ %d productos cerrados por una diferencia: no se venden hasta que alguien la "
                                    + "repare o la acepte en /admin/diferencias/")
                            .formatted(closed));
        }
        long uninitialised = inventory.uninitialised();
        if (uninitialised > 0) {
            context.out()
                    .println(("ℹ️ %d productos sin inicializar: tienen stock y no se "
                                    + "venden hasta ejecutar ./manage actualizar_stock")
                            .formatted(uninitialised));
        }
        inventory
                .scarceIds()
                .forEach(ids -> context.out()
                        .println(("⚠️ %s va por el número %d de %d (%d %%): docs/how-to/ids.md dice qué hacer antes de "
                                        + "que se acaben")
                                .formatted(ids.column(), ids.used(), ids.most(), ids.usedPercent())));
        context.out()
                .println(
                        differences == 0
                                ? "✅ El inventario cuadra con las reservas"
                                : "❌ %d diferencias entre las cifras y las reservas".formatted(differences));
        return differences == 0 ? 0 : 1;
    }

    private static String sentence(Difference difference) {
        String what = switch (difference.kind()) {
            case RESERVED -> "stock_reservado=%d, pero sus reservas pendientes suman %d";
            case SOLD -> "stock_vendido=%d, pero sus reservas confirmadas menos las devoluciones suman %d";
            case LEGACY_STOCK -> "stock=%d, pero su stock_disponible es %d";
        };
        return "  - %s (id %d): %s%s"
                .formatted(
                        difference.product(),
                        difference.productId(),
                        what.formatted(difference.figure(), difference.expected()),
                        difference.inherited() ? " (de la tienda antigua)" : "");
    }

    private static String day(Instant moment, ZoneId zone) {
        return moment.atZone(zone).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"));
    }

    /** A date and time; without a zone they are the shop's. */
    private static Instant moment(String text, ZoneId zone) {
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
            return text.contains("T")
                    ? LocalDateTime.parse(text).atZone(zone).toInstant()
                    : LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeParseException notAMoment) {
            throw new WrongUsage(
                    "«" + text + "» no es una fecha, como 2026-11-24, 2026-11-24T08:00 o 2026-11-24T12:00:00Z");
        }
    }
}
