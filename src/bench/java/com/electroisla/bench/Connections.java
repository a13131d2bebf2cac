package com.electroisla.bench;

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
 * A pool that costs next to nothing: open connections, each with its statements prepared, in a fair queue. What it pools is
 * compared with the product, so it is given every advantage.
 */
final class Connections implements AutoCloseable {
    /** A connection and its prepared statements, in the order in which they were asked for. */
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

    Connections(JdbcTarget target, int size, String... statements) throws SQLException {
        free = new ArrayBlockingQueue<>(size, true);
        for (int i = 0; i < size; i++) {
            // Prepared on the server from the first use; the driver's default would plan the first five anew.
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
