package com.electroisla;

import com.electroisla.accounts.CheapPasswords;
import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import com.electroisla.database.TestPostgres;
import com.electroisla.event.Listener;
import com.electroisla.groupcommit.Reply;
import com.electroisla.http.Answer;
import com.electroisla.http.Language;
import com.electroisla.http.server.Replies;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import com.electroisla.wiring.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A shop on a fresh, migrated database of its own, with a clock that tests move and methods for its domain. */
public final class ShopFixture extends ShopWords implements AutoCloseable {
    public final MovedClock clock = new MovedClock();
    public final JdbcTarget target;
    private final Path home;
    private final List<Shop> shops = new ArrayList<>();
    private final List<Database> databases = new ArrayList<>();

    /** The first instance. */
    public final Shop shop;

    public ShopFixture() {
        this(Map.of());
    }

    public ShopFixture(Map<Setting, String> flags) {
        this(MigratedDatabase.create(), flags);
    }

    /** A fixture on an existing database, which is dropped with the fixture. */
    public ShopFixture(JdbcTarget existing) {
        this(existing, Map.of());
    }

    private ShopFixture(JdbcTarget existing, Map<Setting, String> flags) {
        target = existing;
        try {
            home = Files.createTempDirectory(Path.of("target"), "home");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        shop = openInstance(flags);
    }

    /** Another instance on the same database, with the same clock. */
    public Shop openInstance() {
        return openInstance(Map.of());
    }

    /** Another instance, to which somebody listens besides. */
    public Shop openInstance(Listener listener) {
        return openInstance(Map.of(), List.of(listener));
    }

    /** The same with settings of its own. */
    public Shop openInstance(Map<Setting, String> flags) {
        return openInstance(flags, List.of());
    }

    private Shop openInstance(Map<Setting, String> flags, List<Listener> listeners) {
        Map<Setting, String> all = new HashMap<>(flags);
        all.putIfAbsent(
                Setting.HOME,
                home.resolve("instancia" + shops.size()).toAbsolutePath().toString());
        all.putIfAbsent(Setting.PAYMENTS, "prueba");
        Settings settings = Settings.load(home, all, Map.of());
        Database database = new Database(target, 16);
        databases.add(database);
        Shop opened = Shop.open(settings, database, clock, CheapPasswords.open(settings, database, clock), listeners);
        shops.add(opened);
        return opened;
    }

    @Override
    protected Database database() {
        return shop.database();
    }

    public ReservationOutcome checkout(Shop instance, int user) {
        return submit(instance, new ReservationRequest.ReserveCart(user, "127.0.0.1", "prueba"));
    }

    public ReservationOutcome checkout(int user) {
        return checkout(shop, user);
    }

    public ReservationOutcome pay(Shop instance, int user) {
        return submit(
                instance,
                new ReservationRequest.PlaceOrder(
                        user, new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null), null));
    }

    public ReservationOutcome pay(int user) {
        return pay(shop, user);
    }

    public ReservationOutcome cancel(Shop instance, int user) {
        return submit(instance, new ReservationRequest.CancelHolds(user));
    }

    /** Submits and returns the outcome itself. */
    public static ReservationOutcome submit(Shop instance, ReservationRequest request) {
        return outcomeOf(instance.reservations().submit(request));
    }

    /** The outcome; a reply without one (503) is a failure. */
    public static <R> R outcomeOf(Reply<R> reply) {
        if (reply instanceof Reply.Decided<R>(R outcome, var _)) {
            return outcome;
        }
        throw new AssertionError(reply);
    }

    /** Submits like the API, and answers like it. */
    public static <R> Answer answer(
            Function<Optional<Keeping<R>>, Reply<R>> submit, Optional<IdempotencyKey> key, Function<R, Answer> words) {
        return Replies.answer(submit.apply(Replies.keeping(key, words)), Language.SPANISH, words);
    }

    /** The same without a key. */
    public static <R> Answer answer(Reply<R> reply, Function<R, Answer> words) {
        return Replies.answer(reply, Language.SPANISH, words);
    }

    @Override
    public void close() {
        shops.forEach(Shop::close);
        databases.forEach(Database::close);
        TestPostgres.discard(target);
    }
}
