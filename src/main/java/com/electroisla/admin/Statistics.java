package com.electroisla.admin;

import com.electroisla.database.DatabaseClock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Figures of the whole shop, by months of its calendar. A cancelled order counts nowhere.
 *
 * <p>Some of them read every order there ever was. So they have the few connections of the exports and keep no page
 * waiting, and a statement that takes longer than {@link #LONGEST} is given up.
 */
public final class Statistics {
    static final int MONTHS = 12;
    static final int MOST = 10;
    /** A product on sale with fewer free units is short. */
    static final int SHORT = 10;

    static final int MOST_SHORT = 100;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final ExportConnections connections;
    private final DatabaseClock clock;
    private final ZoneId zone;

    public Statistics(ExportConnections connections, DatabaseClock clock, ZoneId zone) {
        this.connections = connections;
        this.clock = clock;
        this.zone = zone;
    }

    /** @param months the last twelve, the present one last */
    public record Sales(List<MonthOfSales> months, List<Sold> best, List<Method> methods, BigDecimal averageOrder) {}

    public record MonthOfSales(YearMonth month, BigDecimal total, long orders) {}

    public record Sold(String product, String category, long units, BigDecimal income) {}

    public record Method(String word, long orders, BigDecimal total) {}

    /** @param returning the share of buyers with more than one order, in percent */
    public record People(
            List<MonthOfPeople> months,
            Map<String, Long> roles,
            List<Active> mostActive,
            long buyers,
            long returningBuyers,
            BigDecimal returning) {}

    public record MonthOfPeople(YearMonth month, long fresh) {}

    public record Active(String username, long orders) {}

    /** @param value the price today of all units that are not sold, of products that have one */
    public record Stock(List<Shelf> categories, List<Scarce> scarce, long without, BigDecimal value) {}

    public record Shelf(String category, long products, long free) {}

    public record Scarce(long id, String name, int free, String category) {}

    public record Report(
            long accounts,
            long products,
            long orders,
            BigDecimal income,
            long ordersOfMonth,
            BigDecimal incomeOfMonth,
            Instant madeAt) {}

    /** The totals of a month, by its number among the asked ones, from 1. */
    record Totals(int month, long count, BigDecimal sum) {}

    private interface Reading<T> {
        T read(Handle handle, Instant now);
    }

    private <T> T reading(Reading<T> reading) {
        return connections.database().inTransactionOnce(handle -> {
            StatisticsSql.giveUpAfter(handle, LONGEST);
            return reading.read(handle, clock.now(handle));
        });
    }

    public Sales sales() {
        return reading((handle, now) -> {
            List<YearMonth> months = months(now);
            List<Totals> found = StatisticsSql.ordersByMonth(handle, starts(months));
            List<MonthOfSales> each = new ArrayList<>();
            for (int i = 0; i < MONTHS; i++) {
                Totals its = of(i + 1, found);
                each.add(new MonthOfSales(months.get(i), its.sum(), its.count()));
            }
            List<Method> methods = StatisticsSql.methods(handle);
            long orders = methods.stream().mapToLong(Method::orders).sum();
            BigDecimal income = methods.stream().map(Method::total).reduce(BigDecimal.ZERO, BigDecimal::add);
            return new Sales(
                    each,
                    StatisticsSql.best(handle, MOST),
                    methods.stream().limit(MOST).toList(),
                    orders == 0 ? BigDecimal.ZERO : income.divide(BigDecimal.valueOf(orders), 2, RoundingMode.HALF_UP));
        });
    }

    public People people() {
        return reading((handle, now) -> {
            List<YearMonth> months = months(now);
            List<Totals> found = StatisticsSql.accountsByMonth(handle, starts(months));
            List<MonthOfPeople> each = new ArrayList<>();
            for (int i = 0; i < MONTHS; i++) {
                each.add(new MonthOfPeople(months.get(i), of(i + 1, found).count()));
            }
            StatisticsSql.Buyers buyers = StatisticsSql.buyers(handle);
            return new People(
                    each,
                    StatisticsSql.roles(handle),
                    StatisticsSql.mostActive(handle, MOST),
                    buyers.all(),
                    buyers.returning(),
                    buyers.all() == 0
                            ? BigDecimal.ZERO
                            : BigDecimal.valueOf(100 * buyers.returning())
                                    .divide(BigDecimal.valueOf(buyers.all()), 2, RoundingMode.HALF_UP));
        });
    }

    public Stock stock() {
        return reading((handle, now) -> {
            StatisticsSql.Unsold unsold = StatisticsSql.unsold(handle);
            return new Stock(
                    StatisticsSql.categories(handle),
                    StatisticsSql.scarce(handle, SHORT, MOST_SHORT),
                    unsold.without(),
                    unsold.value());
        });
    }

    public Report report() {
        return reading((handle, now) -> StatisticsSql.report(
                handle,
                YearMonth.from(now.atZone(zone)).atDay(1).atStartOfDay(zone).toInstant(),
                now));
    }

    private List<YearMonth> months(Instant now) {
        YearMonth last = YearMonth.from(now.atZone(zone));
        List<YearMonth> months = new ArrayList<>();
        for (int i = MONTHS - 1; i >= 0; i--) {
            months.add(last.minusMonths(i));
        }
        return months;
    }

    /** The first moment of each month, and the first after the last. */
    private List<Instant> starts(List<YearMonth> months) {
        List<Instant> starts = new ArrayList<>();
        months.forEach(month -> starts.add(month.atDay(1).atStartOfDay(zone).toInstant()));
        starts.add(months.getLast().plusMonths(1).atDay(1).atStartOfDay(zone).toInstant());
        return starts;
    }

    private static Totals of(int month, List<Totals> found) {
        return found.stream()
                .filter(each -> each.month() == month)
                .findFirst()
                .orElseGet(() -> new Totals(month, 0, BigDecimal.ZERO));
    }
}
