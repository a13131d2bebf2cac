package com.electroisla.bench.shop;

import com.electroisla.command.CommandRefused;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import com.electroisla.wiring.Shop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A shop on a database of its own in the benchmark's temporary home, with the settings of production. Two of them can
 * share a home, which is closed after them.
 */
public final class BenchShop implements AutoCloseable {
    /** The number that the server has. */
    private static final int SERVER_CONNECTIONS = 20;

    private final Path home;
    private final JdbcTarget target;
    private final Database database;
    private final Database patient;
    private final Shop shop;
    public final int buyers;

    private BenchShop(Path home, JdbcTarget target, int buyers) {
        this.home = home;
        this.target = target;
        this.buyers = buyers;
        this.database = new Database(target, SERVER_CONNECTIONS, Database.Purpose.SERVER);
        this.patient = new Database(target, 2);
        this.shop = Shop.open(
                Settings.load(home, Map.of(Setting.HOME, home.toString(), Setting.PAYMENTS, "prueba"), Map.of()),
                database,
                DatabaseClock.REAL);
    }

    /** The shop of most ways: 10,000 products. */
    public static BenchShop open(BenchHome home, int buyers, Consumer<String> progress) {
        return open(home.folder(), home.target(), buyers, Scenario.PRODUCTS, progress);
    }

    /** @param target an empty database */
    public static BenchShop open(Path home, JdbcTarget target, int buyers, int products, Consumer<String> progress) {
        BenchShop opened = new BenchShop(home, target, buyers);
        try {
            opened.make(products, progress);
            return opened;
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    private void make(int products, Consumer<String> progress) {
        if (new Migrations(patient).migrateTo(Target.LATEST, false, _ -> {})
                instanceof MigrationOutcome.Refused refused) {
            throw new CommandRefused(refused.reason());
        }
        progress.accept("Creando " + buyers + " compradores y " + products + " productos...");
        patient.useTransaction(handle -> {
            BenchSql.insertUsers(handle, buyers);
            BenchSql.insertProducts(handle, 1, products);
        });
    }

    public Shop shop() {
        return shop;
    }

    public JdbcTarget target() {
        return target;
    }

    public Path home() {
        return home;
    }

    /** A connection for work that may take long, outside the measured time. */
    public Database patient() {
        return patient;
    }

    /** Fills every buyer's cart for the scenario. */
    public void fillCarts(Scenario scenario) throws Exception {
        patient.useTransaction(handle -> BenchSql.fillCarts(handle, scenario, buyers));
        forgetSales();
    }

    /** Resets the shop: no holds, no orders, all units free. */
    public void forgetSales() {
        patient.useTransaction(BenchSql::forgetSales);
        patient.use(BenchSql::vacuum);
    }

    /**
     * Proves that the units that the ways report as held are there, one by one, and that figures and reservations
     * agree.
     *
     * @param units how many were held according to the callers
     */
    public void check(long units) {
        List<String> differences = new ArrayList<>();
        shop.inventory().verify(Optional.empty(), difference -> differences.add(difference.toString()));
        long held = patient.read(BenchSql::pending);
        if (held != units) {
            differences.add(units + " unidades se dieron por reservadas y en la base hay " + held);
        }
        if (!differences.isEmpty()) {
            throw new CommandRefused(
                    "La comprobación falla: " + differences.getFirst() + " (" + differences.size() + " diferencias)");
        }
    }

    /** Proves the same of paid units, by the reservations and by the orders. */
    public void checkPaid(long units) {
        var sold = patient.read(BenchHttpSql::sold);
        if (sold.confirmed() != units || sold.ordered() != units) {
            throw new CommandRefused("La comprobación falla: " + units + " unidades se dieron por compradas y en la "
                    + "base hay "
                    + sold.confirmed() + " reservas confirmadas y " + sold.ordered() + " en pedidos");
        }
    }

    @Override
    public void close() {
        shop.close();
        database.close();
        patient.close();
    }
}
