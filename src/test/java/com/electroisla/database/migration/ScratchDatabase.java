package com.electroisla.database.migration;

import com.electroisla.database.Database;
import com.electroisla.database.JdbcTarget;
import java.util.concurrent.atomic.AtomicInteger;

final class ScratchDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();

    static JdbcTarget empty() {
        String name = "t" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        try (Database server = new Database(new JdbcTarget("jdbc:postgresql://127.0.0.1:5544/postgres", "postgres", ""), 1)) {
            server.read(handle -> handle.execute("CREATE DATABASE " + name));
        }
        return new JdbcTarget("jdbc:postgresql://127.0.0.1:5544/" + name, "postgres", "");
    }
}
