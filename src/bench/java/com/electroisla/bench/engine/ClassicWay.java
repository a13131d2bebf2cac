package com.electroisla.bench.engine;

import com.electroisla.bench.engine.PreparedConnections.Link;
import com.electroisla.database.JdbcTarget;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The usual way of a shop: lock the product's row, check, count up, insert the hold, commit. */
final class ClassicWay extends OneByOne {
    private static final String LOCK = "SELECT stock_total - stock_reservado - stock_vendido FROM productos WHERE "
            + "id = ? AND activo FOR UPDATE";
    private static final String COUNT = "UPDATE productos SET stock_reservado = stock_reservado + 1 WHERE id = ?";
    private static final String INSERT = """
            INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at,
                ip_address, user_agent, precio_unitario)
            VALUES (?, ?, 1, 'pending', clock_timestamp(), clock_timestamp() + interval '15 minutes', '127.0.0.1',
                'bench', 10.00)
            """;

    ClassicWay(JdbcTarget target, int buyers) {
        super(target, buyers, LOCK, COUNT, INSERT);
    }

    @Override
    public String letter() {
        return "a";
    }

    @Override
    void hold(Link link, int buyer, long[] products) throws SQLException {
        for (long product : products) {
            PreparedStatement lock = link.statement(0);
            lock.setLong(1, product);
            try (ResultSet free = lock.executeQuery()) {
                if (!free.next() || free.getInt(1) < 1) {
                    throw new IllegalStateException("sold out: " + product);
                }
            }
            PreparedStatement count = link.statement(1);
            count.setLong(1, product);
            count.executeUpdate();
            PreparedStatement insert = link.statement(2);
            insert.setInt(1, buyer);
            insert.setLong(2, product);
            insert.executeUpdate();
        }
        link.connection().commit();
    }
}
