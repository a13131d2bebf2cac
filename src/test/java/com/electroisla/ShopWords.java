package com.electroisla;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.inventory.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Methods that fill and read a shop's database, so that tests read like the domain: {@code anyBuyer()},
 * {@code productWithStock(3)}.
 */
public abstract class ShopWords {
    private final AtomicInteger people = new AtomicInteger();

    /** The methods for this database. */
    public static ShopWords of(Database database) {
        return new ShopWords() {
            @Override
            protected Database database() {
                return database;
            }
        };
    }

    protected abstract Database database();

    /** Runs one statement. */
    public void sql(String statement, Object... arguments) {
        database().useTransaction(handle -> handle.execute(statement, arguments));
    }

    public long number(String query, Object... arguments) {
        return database()
                .read(handle ->
                        handle.select(query, arguments).mapTo(Long.class).one());
    }

    /** How many sessions of this database wait for a lock now. */
    public long waitingForLocks() {
        return number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
                + "wait_event_type = 'Lock'");
    }

    public String text(String query, Object... arguments) {
        return database()
                .read(handle ->
                        handle.select(query, arguments).mapTo(String.class).one());
    }

    /** The first column of every row, as text. */
    public List<String> texts(String query, Object... arguments) {
        return database()
                .read(handle ->
                        handle.select(query, arguments).mapTo(String.class).list());
    }

    /** A buyer who can sign in by token only: the password is unusable. */
    public int anyBuyer() {
        return person("cliente");
    }

    public int person(String role) {
        String name = role + people.incrementAndGet();
        int id = (int) number("""
                INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff,
                    is_active, date_joined)
                VALUES ('!', false, ?, '', '', ?, false, true, now()) RETURNING id
                """, name, name + "@example.com");
        sql("INSERT INTO user_profiles (rol, created_at, updated_at, user_id) VALUES (?, now(), now(), ?)", role, id);
        return id;
    }

    /** A buyer without an account, who has this address. */
    public int guest(String email) {
        int id = (int) number("""
                INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff,
                    is_active, date_joined)
                VALUES ('!', false, 'invitado:nuevo', 'Ana', '', '', false, true, now()) RETURNING id
                """);
        sql("UPDATE auth_user SET username = 'invitado:' || id WHERE id = ?", id);
        sql("INSERT INTO invitados (usuario_id, email, created_at, ultimo_uso) VALUES (?, ?, now(), now())", id, email);
        return id;
    }

    /** The path of a letter's link that opens this guest's newest order. */
    public String orderLink(int guest) {
        String token = "enlace-%036d".formatted(guest);
        sql("""
                INSERT INTO enlaces_pedido (huella, pedido_id, created_at, vence)
                SELECT sha256(convert_to(?, 'UTF8')), max(id), now(), 'infinity' FROM pedidos WHERE usuario_id = ?
                """, token, guest);
        return "/pedido/" + token + "/";
    }

    /** A provider's charge that sold this order, which is confirmed with it. */
    public long charged(long order) {
        sql("UPDATE pedidos SET estado = 'confirmado', vence = NULL WHERE id = ? AND estado = 'pendiente'", order);
        long payment = number("""
                INSERT INTO pagos (usuario_id, estado, proveedor, importe, metodo_pago, direccion_entrega, telefono,
                       vence, creado_at, actualizado_at, pedido_id)
                SELECT usuario_id, 'pagado', 'prueba', total, metodo_pago, direccion_entrega, telefono, created_at,
                       created_at, created_at, id
                  FROM pedidos WHERE id = ? RETURNING id
                """, order);
        return number("""
                INSERT INTO cobros (proveedor, cobro, pago_id, importe, recibido_at, resultado)
                SELECT 'prueba', 'cobro-' || id, id, importe, creado_at, 'vendido' FROM pagos WHERE id = ? RETURNING id
                """, payment);
    }

    /** A refund that is owed for a charge that sold nothing. */
    public long refundOwed(int user, String amount) {
        long payment = number("""
                INSERT INTO pagos (usuario_id, estado, proveedor, importe, metodo_pago, direccion_entrega, telefono,
                       vence, creado_at, actualizado_at)
                VALUES (?, 'reembolso_debido', 'prueba', CAST(? AS numeric), 'tarjeta', 'x', 'x', now(), now(), now())
                RETURNING id
                """, user, amount);
        long charge = number("""
                INSERT INTO cobros (proveedor, cobro, pago_id, importe, recibido_at, resultado)
                SELECT 'prueba', 'tarde-' || id, id, importe, creado_at, 'reembolso' FROM pagos WHERE id = ?
                RETURNING id
                """, payment);
        return number("""
                INSERT INTO reembolsos (pago_id, cobro_id, usuario_id, importe, motivo, estado, debido_at)
                VALUES (?, ?, ?, CAST(? AS numeric), 'tarde_sin_unidades', 'debido', now()) RETURNING id
                """, payment, charge, user, amount);
    }

    public long productWithStock(int units) {
        return product("Producto", "99.99", units);
    }

    public long product(String name, String price, int units) {
        return product(name, price, 0, units);
    }

    public long product(String name, String price, int discountPercent, int units) {
        return number("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, stock_total, categoria, activo,
                       en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                VALUES (?, 'Descripción', CAST(? AS numeric), ?, 0, ?, 'otros', true, false, false, true, now(), now())
                RETURNING id
                """, name, price, discountPercent, units);
    }

    public void takeOffSale(long product) {
        sql("UPDATE productos SET activo = false WHERE id = ?", product);
    }

    /** Inserts a line into the cart by SQL, whatever the stock. */
    public void inCart(int user, long product, int quantity) {
        sql(
                "INSERT INTO carts (user_id, created_at, updated_at) VALUES (?, now(), now()) ON CONFLICT "
                        + "DO NOTHING",
                user);
        sql("""
                INSERT INTO cart_items (cart_id, product_id, quantity, price_at_addition, created_at, updated_at)
                SELECT c.id, p.id, ?, round(p.precio * (100 - p.descuento) / 100, 2), now(), now()
                FROM carts c, productos p WHERE c.user_id = ? AND p.id = ?
                ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = excluded.quantity
                """, quantity, user, product);
    }

    public int buyerWith(long product, int quantity) {
        int buyer = anyBuyer();
        inCart(buyer, product, quantity);
        return buyer;
    }

    /** The only line of a user's cart. */
    public long lineOf(int user) {
        return number("SELECT i.id FROM cart_items i JOIN carts c ON c.id = i.cart_id WHERE c.user_id = ?", user);
    }

    /** {@code total/reserved/sold} of a product. */
    public String figures(long product) {
        return text(
                "SELECT stock_total || '/' || stock_reservado || '/' || stock_vendido FROM productos WHERE id = ?",
                product);
    }

    /** Every difference between the figures and the rows; must be empty at the end of a test. */
    public List<Inventory.Difference> differences() {
        List<Inventory.Difference> found = new ArrayList<>();
        new Inventory(database(), DatabaseClock.REAL).verify(Optional.empty(), found::add);
        return found;
    }
}
