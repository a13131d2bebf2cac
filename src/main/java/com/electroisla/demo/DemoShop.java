package com.electroisla.demo;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Puts the demo into an empty migrated database, once. */
public final class DemoShop {
    private static final int KEEPER = DemoUser.TANIA.id();

    private final Database database;
    private final DatabaseClock clock;
    private final Duration timeToLive;

    public DemoShop(Database database, DatabaseClock clock, Duration timeToLive) {
        this.database = database;
        this.clock = clock;
        this.timeToLive = timeToLive;
    }

    /** The outcome of {@link #openOrFill}. */
    public sealed interface Found {
        /** The database was empty and contains the demo now. */
        record Filled() implements Found {}

        /** The database contained the demo, which is left as it is. */
        record AlreadyThere() implements Found {}

        /** The database contains users or products that are not the demo's; nothing was changed. */
        record AnotherShop() implements Found {}
    }

    /** Whether this database contains the demo; its passwords are public, so it is served on loopback only. */
    public static boolean isDemo(Handle handle) {
        return DemoSql.isMarked(handle);
    }

    /**
     * Fills the database or leaves it, in one transaction; a second call waits for the first.
     *
     * @param passwordHash of {@link DemoUser#PASSWORD}; asked for only when the demo is filled, since it costs half a
     *     second
     */
    public Found openOrFill(Supplier<String> passwordHash) {
        return database.inTransaction(handle -> {
            DemoSql.lock(handle);
            boolean empty = DemoSql.isEmpty(handle);
            if (!empty) {
                return DemoSql.isMarked(handle) ? new Found.AlreadyThere() : new Found.AnotherShop();
            }
            fill(handle, passwordHash.get(), clock.now(handle));
            return new Found.Filled();
        });
    }

    /**
     * The first buyer with an empty cart, so that the guide's sum of 199.98 is right; the first buyer of all if no
     * cart is empty.
     */
    public Buyer buyer() {
        return database.read(handle -> DemoSql.buyerWithEmptyCart(handle)
                .map(username -> new Buyer(username, true))
                .orElseGet(() -> new Buyer(DemoUser.COMPRADOR.username(), false)));
    }

    /** @param emptyCart whether the cart is empty */
    public record Buyer(String username, boolean emptyCart) {}

    private void fill(Handle handle, String passwordHash, Instant now) {
        DemoSql.mark(handle, now);
        List<UserRow> users = Stream.of(DemoUser.values()).map(UserRow::of).toList();
        DemoSql.insertUsers(handle, users, passwordHash, now);
        DemoSql.insertProducts(handle, DemoCatalogue.items(), KEEPER, now);
        DemoSql.insertOrders(handle, DemoSales.orders(), DemoSales.orderLines(), timeToLive, now);
        DemoSql.insertHolds(handle, DemoSales.holds(), timeToLive, now);
        DemoSql.insertCarts(handle, DemoSales.cartLines(), now);
        DemoSql.insertMovements(handle, DemoSales.movements(), KEEPER, now);
        DemoSql.computeCounters(handle);
        DemoSql.moveSequencesOn(handle);
    }

    private record UserRow(int id, String username, String rol, String nombre, String apellido) {
        static UserRow of(DemoUser user) {
            return new UserRow(user.id(), user.username(), user.role(), user.firstName(), user.lastName());
        }
    }
}
