package com.electroisla.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.command.ManageRun;
import com.electroisla.inventory.RepairInventory.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairInventoryIT {
    private final ShopFixture shop = new ShopFixture();

    @TempDir
    private Path base;

    @AfterEach
    void close() {
        shop.close();
    }

    private ManageRun verify(String... more) {
        List<String> args = new ArrayList<>(List.of("verificar_inventario"));
        args.addAll(List.of(more));
        return ManageRun.of(base, Map.of("DATABASE_URL", ManageRun.url(shop.target)), args.toArray(String[]::new));
    }

    private long held(int units, int quantity) {
        long product = shop.productWithStock(units);
        shop.checkout(shop.buyerWith(product, quantity));
        return product;
    }

    @Test
    void figures_are_set_from_their_rows_written_down_and_agree_afterwards() {
        long held = held(10, 4);
        long bought = shop.productWithStock(10);
        int buyer = shop.buyerWith(bought, 2);
        shop.checkout(buyer);
        shop.pay(buyer);
        shop.sql("UPDATE productos SET stock_reservado = 1 WHERE id = ?", held);
        shop.sql("UPDATE productos SET stock_vendido = 7, stock_reservado = 1 WHERE id = ?", bought);

        assertEquals(1, verify().code());
        assertEquals("10/1/0", shop.figures(held));
        ManageRun repaired = verify("--reparar");
        assertEquals(0, repaired.code(), repaired::toString);
        assertEquals(
                List.of(
                        "  ✓ Producto (id %d): stock_reservado 1 → 4, stock_vendido 0 → 0".formatted(held),
                        "  ✓ Producto (id %d): stock_reservado 1 → 0, stock_vendido 7 → 2".formatted(bought),
                        "✅ 2 productos reparados"),
                repaired.out());
        assertEquals("10/4/0", shop.figures(held));
        assertEquals("10/0/2", shop.figures(bought));
        assertEquals(List.of(), shop.differences());
        assertEquals("7 8 2", shop.text("""
                SELECT concat_ws(' ', detalles #> '{antes,stock_vendido}', detalles #> '{despues,stock}',
                       detalles #> '{despues,stock_vendido}')
                  FROM audit_logs WHERE accion = 'reparar' AND objeto_id = ?""", bought));
        assertEquals(
                new ManageRun(0, List.of("✅ El inventario cuadra con las reservas"), List.of()), verify("--reparar"));
        assertEquals(2, shop.number("SELECT count(*) FROM audit_logs"));
    }

    @Test
    void a_count_that_a_check_would_refuse_changes_nothing_and_says_why() {
        long product = held(10, 4);
        shop.sql("UPDATE productos SET stock_reservado = 0, stock_total = 3 WHERE id = ?", product);
        ManageRun run = verify("--reparar");
        assertEquals(1, run.code());
        assertTrue(
                run.out().getFirst().contains("stock_reservado 0 → 4, stock_vendido 0 → 0 no cabe en stock_total=3"),
                run::toString);
        assertEquals("3/0/0", shop.figures(product));
        assertEquals(0, shop.number("SELECT count(*) FROM audit_logs"));
    }

    @Test
    void more_returned_than_was_ever_sold_is_refused_too() {
        long product = shop.productWithStock(10);
        shop.sql(
                "INSERT INTO movimientos_stock (producto_id, tipo, delta_total, delta_vendido, "
                        + "created_at) VALUES (?, 'devolucion', 0, -1, now())",
                product);
        shop.sql("UPDATE productos SET stock_vendido = 3 WHERE id = ?", product);
        assertEquals(1, verify("--reparar").code());
        assertEquals("10/0/3", shop.figures(product));
    }

    @Test
    void only_what_changed_since_is_mended_when_asked_so() {
        long product = held(10, 4);
        shop.sql("UPDATE productos SET stock_reservado = 0 WHERE id = ?", product);
        assertEquals(0, verify("--reparar", "--desde", "2999-01-01").code());
        assertEquals("10/0/0", shop.figures(product));
    }

    @Test
    void more_than_one_batch_is_mended_in_the_order_of_ids() {
        shop.sql("""
                INSERT INTO productos (nombre, descripcion, precio, descuento, stock, stock_total, stock_reservado,
                       categoria, activo,
                       en_carrusel, en_carousel_card, en_all_products, created_at, updated_at)
                SELECT 'Producto ' || n, '', 1, 0, 0, 9, 3, 'otros', true, false, false, true, now(), now()
                FROM generate_series(1, 12001) n""");
        List<Long> mended = new ArrayList<>();
        assertEquals(
                new Result(12_001, 0),
                shop.shop.repairInventory().run(Optional.empty(), repair -> mended.add(repair.productId())));
        assertEquals(mended.stream().sorted().toList(), mended);
        assertEquals(0, shop.number("SELECT sum(stock_reservado) FROM productos"));
        assertEquals(12_001, shop.number("SELECT count(*) FROM audit_logs"));
    }
}
