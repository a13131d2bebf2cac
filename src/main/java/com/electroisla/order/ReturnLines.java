package com.electroisla.order;

import com.electroisla.audit.Actor;
import com.electroisla.audit.AuditSql;
import com.electroisla.audit.Entry;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.idempotency.Applied;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.inventory.AdjustStock;
import com.electroisla.inventory.Adjustment;
import com.electroisla.inventory.OrderedUnits.Left;
import com.electroisla.inventory.StockSql;
import com.electroisla.order.Orders.Viewer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes lines of an order back from its buyer: the units, and the money that is owed for them, in one transaction.
 *
 * <p>Invariant: never more units come back than the order took and has not given back, and never more money than was
 * paid less what went back, whoever else returns or cancels at the same moment: both are counted under the locks of the
 * products, which come first, and of the order.
 */
public final class ReturnLines {
    /** The most characters of a reason. */
    public static final int LONGEST_REASON = 400;

    private final Database database;
    private final DatabaseClock clock;
    private final AdjustStock stock;
    private final MoneyBack moneyBack;

    public ReturnLines(Database database, DatabaseClock clock, AdjustStock stock, MoneyBack moneyBack) {
        this.database = database;
        this.clock = clock;
        this.stock = stock;
        this.moneyBack = moneyBack;
    }

    /**
     * Units of one line.
     *
     * @param line its place in {@link Order#lines}, which never change
     * @param scrap whether nobody can buy them any more
     */
    public record Chosen(int line, int units, boolean scrap) {
        public Chosen {
            if (line < 0 || units < 1) {
                throw new IllegalArgumentException("no line: " + line + " x" + units);
            }
        }
    }

    /**
     * The wish of the staff.
     *
     * @param amount to be paid back; null: the price of the units
     * @param reason in the user's own words, or empty
     */
    public record Wish(List<Chosen> chosen, @Nullable BigDecimal amount, String reason) {
        public Wish {
            chosen = List.copyOf(chosen);
            if (reason.length() > LONGEST_REASON) {
                throw new IllegalArgumentException("too long a reason");
            }
        }
    }

    /** The outcome of a return. */
    public sealed interface Outcome {
        /** @param owed to the buyer now; 0 when nothing is */
        record Done(int units, BigDecimal owed) implements Outcome {}

        record NotFound() implements Outcome {}

        record NotAllowed() implements Outcome {}

        record NothingChosen() implements Outcome {}

        /** The order waits for its money still, or is cancelled. */
        record NotReturnable(OrderState state) implements Outcome {}

        /** More units than the buyer has. */
        record MoreThanLeft(String product, int left) implements Outcome {}

        /** More than the price of the units, or than is left of what was paid. */
        record TooMuch(BigDecimal most) implements Outcome {}

        /** The product's figures do not cover the units, because another program wrote wrong figures. */
        record Impossible(String product) implements Outcome {}
    }

    /**
     * A line that can come back.
     *
     * @param left units of its product that did not come back, of all lines with it
     */
    public record Offered(int line, Order.Line its, int left) {}

    /** The lines of an order that can come back. */
    public record Offer(List<Offered> lines) {
        /** Whether there is anything to return. */
        public boolean isOpen() {
            return lines.stream().anyMatch(each -> each.left() > 0);
        }
    }

    /** The units of an order that can come back now; nothing of one that is not paid, or cancelled. */
    public Offer offer(Order order) {
        return database.read(handle -> {
            Map<Long, Left> left = order.state().isConfirmed() ? OrderReturns.left(handle, order) : Map.of();
            List<Offered> lines = new ArrayList<>();
            for (int i = 0; i < order.lines().size(); i++) {
                Order.Line line = order.lines().get(i);
                int units = left.getOrDefault(line.productId(), Left.NOTHING).units();
                lines.add(new Offered(i, line, Math.min(line.quantity(), units)));
            }
            return new Offer(lines);
        });
    }

    /** The outcome that taking these units back would have now, with the most money for them; changes nothing. */
    public Outcome propose(Order order, List<Chosen> chosen) {
        return database.read(handle -> refusal(handle, order, chosen)
                .orElseGet(() ->
                        new Outcome.Done(chosen.stream().mapToInt(Chosen::units).sum(), most(handle, order, chosen))));
    }

    /** Takes the chosen units back, once for each form. */
    public Applied<Outcome> run(long id, Wish wish, Viewer viewer, Actor actor, IdempotencyKey form) {
        if (!viewer.mayTakeBack()) {
            return new Applied.Now<>(new Outcome.NotAllowed());
        }
        return database.inTransactionOfManyLocks(handle -> Applied.once(
                handle,
                form,
                clock,
                () -> {
                    Outcome outcome = run(handle, id, wish, actor);
                    if (!(outcome instanceof Outcome.Done)) {
                        handle.rollback();
                    }
                    return outcome;
                },
                outcome -> outcome instanceof Outcome.Done ? Optional.of("") : Optional.empty()));
    }

    private Outcome run(Handle handle, long id, Wish wish, Actor actor) {
        Optional<Order> found = OrderSql.find(handle, id);
        if (found.isEmpty()) {
            return new Outcome.NotFound();
        }
        StockSql.lock(
                handle,
                found.get().lines().stream().map(Order.Line::productId).collect(Collectors.toCollection(TreeSet::new)));
        Optional<Order> locked = OrderSql.lock(handle, id);
        if (locked.isEmpty()) {
            return new Outcome.NotFound();
        }
        return refusal(handle, locked.get(), wish.chosen())
                .orElseGet(() -> takeBack(handle, locked.get(), wish, actor));
    }

    private static Optional<Outcome> refusal(Handle handle, Order order, List<Chosen> chosen) {
        if (!order.state().isConfirmed()) {
            return Optional.of(new Outcome.NotReturnable(order.state()));
        }
        if (chosen.isEmpty()
                || chosen.stream().anyMatch(each -> each.line() >= order.lines().size())) {
            return Optional.of(new Outcome.NothingChosen());
        }
        Map<Long, Left> left = OrderReturns.left(handle, order);
        Map<Long, Long> wanted = new TreeMap<>();
        Map<Integer, Long> ofLines = new TreeMap<>();
        for (Chosen each : chosen) {
            Order.Line line = order.lines().get(each.line());
            long units = wanted.merge(line.productId(), (long) each.units(), Long::sum);
            int most = left.getOrDefault(line.productId(), Left.NOTHING).units();
            if (units > most || ofLines.merge(each.line(), (long) each.units(), Long::sum) > line.quantity()) {
                return Optional.of(new Outcome.MoreThanLeft(line.product(), Math.min(most, line.quantity())));
            }
        }
        return Optional.empty();
    }

    /** The price of the units, or what is left of the money that was paid. */
    private BigDecimal most(Handle handle, Order order, List<Chosen> chosen) {
        BigDecimal price = chosen.stream()
                .map(each -> order.lines().get(each.line()).unitPrice().multiply(BigDecimal.valueOf(each.units())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return price.min(moneyBack.most(handle, order)).max(BigDecimal.ZERO);
    }

    private Outcome takeBack(Handle handle, Order order, Wish wish, Actor actor) {
        Instant now = clock.now(handle);
        List<Chosen> chosen = wish.chosen();
        BigDecimal most = most(handle, order, chosen);
        BigDecimal amount = wish.amount() == null ? most : wish.amount();
        if (amount.signum() < 0 || amount.compareTo(most) > 0) {
            return new Outcome.TooMuch(most);
        }
        String reason = wish.reason().isEmpty() ? "devolución" : wish.reason();
        for (Chosen each : chosen) {
            Order.Line line = order.lines().get(each.line());
            // Counted anew for each: two lines may have one product.
            Left left = OrderReturns.left(handle, order).getOrDefault(line.productId(), Left.NOTHING);
            Adjustment back = new Adjustment(Adjustment.Kind.RETURN, each.units(), reason, order.id());
            if (!(stock.takeBack(handle, line.productId(), back, left, each.scrap(), actor)
                    instanceof AdjustStock.Outcome.Done)) {
                return new Outcome.Impossible(line.product());
            }
        }
        if (amount.signum() > 0) {
            moneyBack.returned(handle, order, amount, now);
        }
        AuditSql.write(handle, actor, entry(order, chosen, amount, reason), now);
        return new Outcome.Done(chosen.stream().mapToInt(Chosen::units).sum(), amount);
    }

    private static Entry entry(Order order, List<Chosen> chosen, BigDecimal amount, String reason) {
        List<Map<String, Object>> lines = chosen.stream()
                .map(each -> Map.<String, Object>of(
                        "producto",
                        order.lines().get(each.line()).product(),
                        "cantidad",
                        each.units(),
                        "destino",
                        each.scrap() ? "merma" : "a la venta"))
                .toList();
        return new Entry(
                "devolver",
                "pedido",
                order.id(),
                "Pedido #" + order.id(),
                Map.of("lineas", lines, "importe", amount.toPlainString(), "motivo", reason));
    }
}
