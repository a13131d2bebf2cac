package com.electroisla.bench.engine;

import com.electroisla.database.JdbcTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A pool of almost no cost: open connections, each with its prepared statements, in a fair queue. The pooled ways are
 * compared with the product, so the pool gives them every advantage.
 */
final class PreparedConnections implements AutoCloseable {
    /** A connection and its prepared statements, in the order of their SQL texts. */
    record Link(Connection connection, List<PreparedStatement> statements) {
        PreparedStatement statement(int index) {
            return statements.get(index);
        }
    }

    /** Uses a link; leaves no transaction open. */
    interface Use {
        void with(Link link) throws SQLException;
    }

    private final List<Link> all = new ArrayList<>();
    private final BlockingQueue<Link> free;

    PreparedConnections(JdbcTarget target, int size, String... statements) throws SQLException {
        free = new ArrayBlockingQueue<>(size, true);
        for (int i = 0; i < size; i++) {
            // Prepared on the server from the first use; the driver's default would plan the first five executions
            // anew.
            Connection connection = target.connect(Map.of("prepareThreshold", "1", "ApplicationName", "bench"));
            connection.setAutoCommit(false);
            List<PreparedStatement> prepared = new ArrayList<>();
            for (String sql : statements) {
                prepared.add(connection.prepareStatement(sql));
            }
            all.add(new Link(connection, prepared));
        }
        free.addAll(all);
    }

    void use(Use use) throws SQLException, InterruptedException {
        Link link = free.take();
        try {
            use.with(link);
        } finally {
            free.add(link);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Link link : all) {
            link.connection().close();
        }
    }
}
