package com.electroisla.bench;

import com.electroisla.Shop;
import com.electroisla.command.CommandRefused;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.embedded.EmbeddedPostgres;
import com.electroisla.database.migration.MigrationOutcome;
import com.electroisla.database.migration.Migrations;
import com.electroisla.database.migration.Target;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A shop of 10,000 products on a fresh database of its own, with the settings of production. It is gone when closed.
 *
 * <p>The folder is beside the build and not in the system's temporary one, which may be in memory: there a commit would cost
 * nothing.
 */
final class BenchShop implements AutoCloseable {
    /** As many as the server has. */
    private static final int SERVER_CONNECTIONS = 20;

    private final Path home;
    private final EmbeddedPostgres postgres;
    private final Database database;
    private final Database patient;
    private final Shop shop;
    final int buyers;

    private BenchShop(Path home, EmbeddedPostgres postgres, int buyers) {
        this.home = home;
        this.postgres = postgres;
        this.buyers = buyers;
        this.database = new Database(postgres.target(), SERVER_CONNECTIONS, Database.Purpose.SERVER);
        this.patient = new Database(postgres.target(), 2);
        this.shop = Shop.open(Settings.load(home, Map.of(Setting.HOME, home.toString()), Map.of()), database, DatabaseClock.REAL);
    }

    static BenchShop open(Path under, int buyers, Consumer<String> progress) throws IOException {
        Path home = Files.createTempDirectory(Files.createDirectories(under), "datos-").toAbsolutePath();
        BenchShop opened = new BenchShop(home, EmbeddedPostgres.attach(home, progress), buyers);
        try {
            opened.make(progress);
            return opened;
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    private void make(Consumer<String> progress) {
        if (new Migrations(patient).migrateTo(Target.LATEST, false, _ -> {}) instanceof MigrationOutcome.Refused refused) {
            throw new CommandRefused(refused.reason());
        }
        progress.accept("Creando " + buyers + " compradores y " + Scenario.PRODUCTS + " productos...");
        patient.useTransaction(handle -> {
            BenchSql.insertUsers(handle, buyers);
            BenchSql.insertProducts(handle, 1, Scenario.PRODUCTS);
        });
    }

    Shop shop() {
        return shop;
    }

    JdbcTarget target() {
        return postgres.target();
    }

    Path home() {
        return home;
    }

    /** For work that may take long, outside what is measured. */
    Database patient() {
        return patient;
    }

    String settings() {
        return patient.read(BenchSql::settings);
    }

    /** Fills every buyer's cart for the scenario. */
    void fillCarts(Scenario scenario) throws Exception {
        patient.useTransaction(handle -> BenchSql.fillCarts(handle, scenario, buyers));
        forgetSales();
    }

    /** Makes the shop new again: no holds, no orders, all units free. */
    void forgetSales() {
        patient.useTransaction(BenchSql::forgetSales);
        patient.read(handle -> {
            BenchSql.vacuum(handle);
            return true;
        });
    }

    /**
     * Proves that what the ways claim to have held is there, unit by unit, and that figures and reservations agree.
     *
     * @param units how many were held according to those who served
     */
    void check(long units) {
        List<String> differences = new ArrayList<>();
        shop.inventory().verify(Optional.empty(), difference -> differences.add(difference.toString()));
        long held = patient.read(BenchSql::pending);
        if (held != units) {
            differences.add(units + " unidades se dieron por reservadas y en la base hay " + held);
        }
        if (!differences.isEmpty()) {
            throw new CommandRefused("La comprobación falla: " + differences.getFirst() + " (" + differences.size() + " diferencias)");
        }
    }

    @Override
    public void close() {
        try {
            shop.close();
            database.close();
            patient.close();
        } finally {
            postgres.close();
            delete();
        }
    }

    private void delete() {
        try (Stream<Path> inside = Files.walk(home)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException left) {
            // rubbish beside the build; the next build removes it
        }
    }
}
