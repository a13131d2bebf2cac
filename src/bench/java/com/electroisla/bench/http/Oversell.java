package com.electroisla.bench.http;

import com.electroisla.bench.shop.BenchHttpSql;
import com.electroisla.bench.shop.BenchHttpSql.Scarce;
import com.electroisla.bench.shop.BenchServer;
import com.electroisla.bench.shop.BenchShop;
import com.electroisla.bench.shop.Scenario;
import com.electroisla.command.CommandRefused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The drill that other shops fail: 200 buyers with the same product in their carts want the last 50 units, 32 at once,
 * on one server and spread over two on one database. Exactly 50 may get an answer that they have one.
 */
public final class Oversell {
    private static final int UNITS = 50;
    public static final int BUYERS = 200;
    private static final int AT_ONCE = 32;

    private final BenchShop shop;
    private final BenchServer first;
    private final Tokens tokens;

    /** @param first the server that sells alone, and then together with another */
    public Oversell(BenchShop shop, BenchServer first) {
        this.shop = shop;
        this.first = first;
        this.tokens = new Tokens(shop, BUYERS);
    }

    /** The result with so many servers. */
    public record Outcome(int instances, int sold, int refused, Scarce database) {
        public boolean isExact() {
            return sold == UNITS
                    && refused == BUYERS - UNITS
                    && database.sold() == UNITS
                    && database.confirmed() == UNITS
                    && database.reserved() == 0;
        }
    }

    /** Runs it on one server, then on two. */
    public List<Outcome> run() throws Exception {
        shop.patient().useTransaction(handle -> BenchHttpSql.emptyCarts(handle, 1, BUYERS));
        shop.forgetSales();
        tokens.make();
        List<Outcome> outcomes = new ArrayList<>(List.of(sell(List.of(first))));
        try (BenchServer second = BenchServer.start(shop.target(), shop.home().resolve("instancia2"))) {
            outcomes.add(sell(List.of(first, second)));
        }
        for (Outcome outcome : outcomes) {
            if (!outcome.isExact()) {
                throw new CommandRefused("El ejercicio de sobreventa falla: " + outcome);
            }
        }
        return outcomes;
    }

    private Outcome sell(List<BenchServer> servers) throws Exception {
        long product = Scenario.PRODUCTS + servers.size();
        shop.patient().useTransaction(handle -> BenchHttpSql.insertScarceProduct(handle, product, UNITS));
        // A wish list holds no units: all 200 can add one.
        int added = allBuyers(servers, Call.add(product));
        if (added != BUYERS) {
            throw new CommandRefused("Solo " + added + " de " + BUYERS + " pudieron añadir el producto al carrito");
        }
        int held = allBuyers(servers, Call.CHECKOUT, Call.PAY);
        shop.patient().useTransaction(handle -> BenchHttpSql.emptyCarts(handle, 1, BUYERS));
        return new Outcome(
                servers.size(),
                held,
                BUYERS - held,
                shop.patient().read(handle -> BenchHttpSql.scarce(handle, product)));
    }

    /** @return how many got through all the calls; the first call of the others was refused */
    private int allBuyers(List<BenchServer> servers, Call... calls) throws Exception {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        try (ExecutorService doors = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int door = 0; door < AT_ONCE; door++) {
                int port = servers.get(door % servers.size()).port;
                work.add(doors.submit(() -> {
                    try (Connection connection = Connection.open(port)) {
                        for (int buyer = next.incrementAndGet(); buyer <= BUYERS; buyer = next.incrementAndGet()) {
                            served.addAndGet(serve(connection, tokens.of(buyer, buyer)[0], calls) ? 1 : 0);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : work) {
                each.get();
            }
        }
        return served.get();
    }

    private static boolean serve(Connection connection, String token, Call... calls) throws IOException {
        for (Call call : calls) {
            int status = connection.send(call.bytes(token));
            if (status == 409 && call == calls[0]) {
                return false;
            }
            if (status < 200 || status > 299) {
                throw new IllegalStateException(call.method() + " " + call.path() + ": " + status);
            }
        }
        return true;
    }

    public static String table(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder("| instances | units | buyers | at once | told they have one | "
                + "refused | sold in the database |\n");
        text.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (Outcome outcome : outcomes) {
            text.append("| ")
                    .append(outcome.instances())
                    .append(" | ")
                    .append(UNITS)
                    .append(" | ")
                    .append(BUYERS)
                    .append(" | ")
                    .append(AT_ONCE)
                    .append(" | ")
                    .append(outcome.sold())
                    .append(" | ")
                    .append(outcome.refused())
                    .append(" | ")
                    .append(outcome.database().sold())
                    .append(" |\n");
        }
        return text.toString();
    }
}
