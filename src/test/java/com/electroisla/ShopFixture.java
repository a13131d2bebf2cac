package com.electroisla;

import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import com.electroisla.http.Answer;
import com.electroisla.http.Language;
import com.electroisla.inventory.Inventory;
import com.electroisla.order.OrderDetails;
import com.electroisla.order.PaymentMethod;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationRequest;
import com.electroisla.settings.Setting;
import com.electroisla.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A shop on a fresh, migrated database of its own, with a clock that tests move and words for the domain:
 * {@code anyBuyer()}, {@code productWithStock(3)}.
 */
public final class ShopFixture implements AutoCloseable {
    public final MovedClock clock = new MovedClock();
    public final JdbcTarget target;
    private final Path home;
    private final List<Shop> shops = new ArrayList<>();
    private final List<Database> databases = new ArrayList<>();
    private int people;

    /** The first instance. */
    public final Shop shop;

    public ShopFixture() {
        this(Map.of());
    }

    public ShopFixture(Map<Setting, String> flags) {
        target = MigratedDatabase.create();
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

    private Shop openInstance(Map<Setting, String> flags) {
        Map<Setting, String> all = new HashMap<>(flags);
        all.putIfAbsent(Setting.HOME, home.resolve("instancia" + shops.size()).toAbsolutePath().toString());
        Settings settings = Settings.load(home, all, Map.of());
        Database database = new Database(target, 16);
        databases.add(database);
        Shop opened = Shop.open(settings, database, clock);
        shops.add(opened);
        return opened;
    }

    /** Runs one statement. */
    public void sql(String statement, Object... arguments) {
        shop.database().useTransaction(handle -> handle.execute(statement, arguments));
    }

    public long number(String query, Object... arguments) {
        return shop.database().read(handle -> handle.select(query, arguments).mapTo(Long.class).one());
    }

    public String text(String query, Object... arguments) {
        return shop.database().read(handle -> handle.select(query, arguments).mapTo(String.class).one());
    }

    /** A buyer who can be signed in by token only: the password is unusable. */
    public int anyBuyer() {
        return person("cliente");
    }

    public int person(String role) {
        String name = role + ++people;
        int id = (int) number("""
                INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
                VALUES ('!', false, ?, '', '', ?, false, true, now()) RETURNING id
                """, name, name + "@example.com");
        sql("INSERT INTO user_profiles (rol, created_at, updated_at, user_id) VALUES (?, now(), now(), ?)", role, id);
        return id;
    }

    public long productWithStock(int units) {
        return product("Producto", "99.99", units);
    }

    public long product(String name, String price, int units) {
        return number("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, stock_total, categoria, activo,
                       en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                VALUES (?, 'Descripción', CAST(? AS numeric), 0, 0, ?, 'otros', true, false, false, true, now(), now()) RETURNING id
                """, name, price, units);
    }

    /** Puts a line straight into the cart, whatever the stock. */
    public void inCart(int user, long product, int quantity) {
        sql("INSERT INTO carts (user_id, created_at, updated_at) VALUES (?, now(), now()) ON CONFLICT DO NOTHING", user);
        sql("""
                INSERT INTO cart_items (cart_id, product_id, quantity, price_at_addition, created_at, updated_at)
                SELECT c.id, p.id, ?, round(p.precio * (100 - p.descuento) / 100, 2), now(), now() FROM carts c, productos p WHERE c.user_id = ? AND p.id = ?
                ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = excluded.quantity
                """, quantity, user, product);
    }

    public int buyerWith(long product, int quantity) {
        int buyer = anyBuyer();
        inCart(buyer, product, quantity);
        return buyer;
    }

    public ReservationOutcome checkout(Shop instance, int user) {
        return submit(instance, new ReservationRequest.ReserveCart(user, "127.0.0.1", "prueba"));
    }

    public ReservationOutcome checkout(int user) {
        return checkout(shop, user);
    }

    public ReservationOutcome pay(Shop instance, int user) {
        return submit(instance, new ReservationRequest.PlaceOrder(user, new OrderDetails(PaymentMethod.CARD, "Calle 23", "555-0100", null)));
    }

    public ReservationOutcome pay(int user) {
        return pay(shop, user);
    }

    public ReservationOutcome cancel(Shop instance, int user) {
        return submit(instance, new ReservationRequest.CancelHolds(user));
    }

    /** Submits and hands out the outcome itself; an answer that is no outcome (503) is a failure. */
    public static ReservationOutcome submit(Shop instance, ReservationRequest request) {
        var seen = new AtomicReference<ReservationOutcome>();
        Answer answer = instance.reservations().submit(request, Optional.empty(), Language.SPANISH, outcome -> {
            seen.set(outcome);
            return Answer.noContent();
        });
        if (answer.status() != 204) {
            throw new AssertionError(answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return seen.get();
    }

    /** {@code total/reserved/sold} of a product. */
    public String figures(long product) {
        return text("SELECT stock_total || '/' || stock_reservado || '/' || stock_vendido FROM productos WHERE id = ?", product);
    }

    /** Every way in which the figures and the rows disagree; must be empty after anything. */
    public List<Inventory.Difference> differences() {
        List<Inventory.Difference> found = new ArrayList<>();
        shop.inventory().verify(Optional.empty(), found::add);
        return found;
    }

    @Override
    public void close() {
        shops.forEach(Shop::close);
        databases.forEach(Database::close);
    }
}
