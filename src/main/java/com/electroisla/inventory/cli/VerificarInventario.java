package com.electroisla.inventory.cli;

import com.electroisla.command.Context;
import com.electroisla.command.ManageCommand;
import com.electroisla.command.WrongUsage;
import com.electroisla.inventory.Inventory;
import com.electroisla.inventory.Inventory.Difference;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code verificar_inventario}: do the figures agree with the reservations? Exit 1 when they don't; changes nothing. */
public final class VerificarInventario implements ManageCommand {
    @Option(names = "--desde", paramLabel = "FECHA",
            description = "Solo productos con cambios desde entonces: 2026-11-24 o 2026-11-24T12:00:00Z")
    private @Nullable String since;

    @Override
    public int run(Context context) {
        Optional<Instant> from = Optional.ofNullable(since).map(VerificarInventario::moment);
        Inventory inventory = context.shopAtStockSystem().inventory();
        int differences = inventory.verify(from, difference -> context.out().println(sentence(difference)));
        long uninitialised = inventory.uninitialised();
        if (uninitialised > 0) {
            context.out().println("ℹ️ %d productos sin inicializar: tienen stock y no se venden hasta ejecutar ./manage actualizar_stock".formatted(uninitialised));
        }
        context.out().println(differences == 0
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
        return "  - %s (id %d): %s".formatted(difference.product(), difference.productId(), what.formatted(difference.figure(), difference.expected()));
    }

    private static Instant moment(String text) {
        try {
            return text.contains("T") ? Instant.parse(text) : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException notAMoment) {
            throw new WrongUsage("«" + text + "» no es una fecha, como 2026-11-24 o 2026-11-24T12:00:00Z");
        }
    }
}
