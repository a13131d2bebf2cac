package com.electroisla.bench.engine;

import com.electroisla.bench.engine.PreparedConnections.Link;
import com.electroisla.database.JdbcTarget;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The best known way without batches: one statement that counts up if enough is free and inserts the hold, one commit
 * per buyer. The lines of a larger cart go to the database in one round trip.
 */
final class ConditionalWay extends OneByOne {
    private static final String HOLD = """
            WITH libre AS (
                UPDATE productos SET stock_reservado = stock_reservado + 1
                 WHERE id = ? AND activo AND stock_total - stock_reservado - stock_vendido >= 1
                RETURNING id)
            INSERT INTO stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at,
                ip_address, user_agent, precio_unitario)
            SELECT ?, id, 1, 'pending', clock_timestamp(), clock_timestamp() + interval '15 minutes', '127.0.0.1',
                   'bench', 10.00 FROM libre
            """;

    ConditionalWay(JdbcTarget target, int buyers) {
        super(target, buyers, HOLD);
    }

    @Override
    public String letter() {
        return "b";
    }

    @Override
    void hold(Link link, int buyer, long[] products) throws SQLException {
        PreparedStatement hold = link.statement(0);
        // One statement is a transaction by itself: a BEGIN and a COMMIT of its own would cost a round trip.
        link.connection().setAutoCommit(products.length == 1);
        for (long product : products) {
            hold.setLong(1, product);
            hold.setInt(2, buyer);
            hold.addBatch();
        }
        for (int held : hold.executeBatch()) {
            if (held != 1) {
                throw new IllegalStateException("sold out");
            }
        }
        if (products.length > 1) {
            link.connection().commit();
        }
    }
}
