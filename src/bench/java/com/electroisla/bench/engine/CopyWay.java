package com.electroisla.bench.engine;

import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import com.electroisla.database.JdbcTarget;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The upper limit: the rows that the engine would write, streamed into the same tables by {@code COPY}, which decides
 * nothing, and the figures in one statement; committed in batches as large as the crowd. Once over an ordinary
 * connection, where PostgreSQL checks the user and the product of each row, and once over one like the engine's, where
 * it does not.
 */
final class CopyWay implements Way {
    private static final String ROWS = """
            COPY stock_reservations (usuario_id, producto_id, cantidad, status, created_at, expires_at, ip_address,
                user_agent, precio_unitario, checkout_id)
            FROM STDIN
            """;
    private static final String COUNT = """
            UPDATE productos p SET stock_reservado = p.stock_reservado + v.cantidad, stock = p.stock - v.cantidad
              FROM unnest(?::bigint[], ?::int[]) AS v(id, cantidad) WHERE p.id = v.id
            """;

    private final String letter;
    private final int buyers;
    private final Connection connection;
    private final PreparedStatement count;
    private final CopyManager copy;

    private CopyWay(String letter, JdbcTarget target, String options, int buyers) throws Exception {
        this.letter = letter;
        this.buyers = buyers;
        connection = target.connect(Map.of("prepareThreshold", "1", "ApplicationName", "bench", "options", options));
        connection.setAutoCommit(false);
        count = connection.prepareStatement(COUNT);
        copy = connection.unwrap(PGConnection.class).getCopyAPI();
    }

    static CopyWay withForeignKeys(JdbcTarget target, int buyers) throws Exception {
        return new CopyWay("d", target, "", buyers);
    }

    static CopyWay withoutForeignKeys(JdbcTarget target, int buyers) throws Exception {
        return new CopyWay("h", target, "-c session_replication_role=replica", buyers);
    }

    @Override
    public String letter() {
        return letter;
    }

    @Override
    public Measured measure(Scenario scenario, int atOnce, Duration time) throws Exception {
        long begin = System.nanoTime();
        long[] waits = new long[1024];
        int served = 0;
        long batchBegin = begin;
        while (batchBegin - begin < time.toNanos() && served + atOnce <= buyers) {
            write(scenario, served + 1, atOnce);
            long batchEnd = System.nanoTime();
            while (served + atOnce > waits.length) {
                waits = Arrays.copyOf(waits, 2 * waits.length);
            }
            Arrays.fill(waits, served, served + atOnce, batchEnd - batchBegin);
            served += atOnce;
            batchBegin = batchEnd;
        }
        long[] sorted = Arrays.copyOf(waits, served);
        Arrays.sort(sorted);
        return Measured.of(batchBegin - begin, sorted);
    }

    private void write(Scenario scenario, int firstBuyer, int atOnce) throws Exception {
        Instant now = Instant.now();
        String moments = now + "\t" + now.plusSeconds(900);
        StringBuilder rows = new StringBuilder(atOnce * scenario.lines() * 120);
        Map<Long, Integer> wanted = new TreeMap<>();
        for (int buyer = firstBuyer; buyer < firstBuyer + atOnce; buyer++) {
            for (long product : scenario.productsOf(buyer)) {
                rows.append(buyer)
                        .append('\t')
                        .append(product)
                        .append("\t1\tpending\t")
                        .append(moments)
                        .append("\t127.0.0.1\tbench\t10.00\t")
                        .append(buyer)
                        .append('\n');
                wanted.merge(product, 1, Integer::sum);
            }
        }
        copy.copyIn(ROWS, new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.US_ASCII)));
        count.setArray(1, connection.createArrayOf("bigint", wanted.keySet().toArray()));
        count.setArray(2, connection.createArrayOf("int", wanted.values().toArray()));
        count.executeUpdate();
        connection.commit();
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
