package com.electroisla.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.ShopWords;
import com.electroisla.command.ManageRun;
import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import com.electroisla.database.MigratedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows whose foreign key points at nothing, as a session without triggers can leave them. */
class OrphansIT {
    private final ShopFixture shop = new ShopFixture();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        shop.close();
    }

    private ManageRun manage(String... args) {
        return ManageRun.of(folder, Map.of("DATABASE_URL", ManageRun.url(shop.target)), args);
    }

    /** Makes an order line without its product, and a cart without its user. */
    private void orphans() {
        long product = shop.productWithStock(9);
        int buyer = shop.buyerWith(product, 2);
        shop.checkout(buyer);
        shop.pay(buyer);
        shop.shop.database().useTransaction(handle -> {
            handle.execute("SET LOCAL session_replication_role = replica");
            handle.execute("UPDATE detalles_pedido SET producto_id = 987654 WHERE producto_id = ?", product);
            handle.execute("UPDATE carts SET user_id = 98765 WHERE user_id = ?", buyer);
        });
    }

    @Test
    void verificar_inventario_names_them_and_is_not_content() {
        assertEquals(0, manage("verificar_inventario").code());
        orphans();
        for (String[] args : new String[][] {{"verificar_inventario"}, {"verificar_inventario", "--reparar"}}) {
            ManageRun run = manage(args);
            assertEquals(1, run.code(), run::toString);
            assertTrue(
                    run.out()
                            .contains("  - detalles_pedido.producto_id: 1 filas cuyo destino "
                                    + "en productos no existe (987654)"),
                    run::toString);
            assertTrue(
                    run.out().contains("  - carts.user_id: 1 filas cuyo destino en auth_user no existe (98765)"),
                    run::toString);
        }
    }

    @Test
    void a_backup_names_them_keeps_the_file_and_is_not_content() {
        orphans();
        Path file = folder.resolve("huerfanas.eib");
        ManageRun run = manage("respaldar", file.toString());
        assertEquals(1, run.code(), run::toString);
        assertTrue(
                run.err()
                        .contains("  - detalles_pedido.producto_id: 1 filas cuyo destino en "
                                + "productos no existe (987654)"),
                run::toString);
        assertTrue(Files.exists(file));
    }

    @Test
    void a_restore_refuses_with_a_sentence_that_names_them_all_and_leaves_the_database_as_it_was() throws Exception {
        orphans();
        Path file = folder.resolve("huerfanas.eib");
        assertEquals(
                2,
                RoundTripIT.backup(shop.target, file, Optional.empty())
                        .orphans()
                        .size());
        try (ShopFixture other = new ShopFixture(restoringInto())) {
            assertEquals("Sigue aquí", other.text("SELECT nombre FROM productos"));
            assertEquals(
                    List.of("public"),
                    other.texts("SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^pg_|information_schema'"));
        }
    }

    /** A database in which a restore of the file was refused. */
    private JdbcTarget restoringInto() {
        JdbcTarget target = MigratedDatabase.create();
        try (Database database = new Database(target, 1)) {
            ShopWords.of(database).product("Sigue aquí", "1.00", 1);
        }
        var refused = assertThrows(
                BackupRefused.class,
                () -> RoundTripIT.restore(target, folder.resolve("huerfanas.eib"), Optional.empty()));
        assertTrue(
                refused.getMessage()
                        .contains("detalles_pedido.producto_id: 1 filas cuyo "
                                + "destino en productos no existe (987654)"),
                refused::getMessage);
        assertTrue(refused.getMessage().contains("carts.user_id"), refused::getMessage);
        assertFalse(refused.getMessage().contains("23503"), refused::getMessage);
        return target;
    }
}
