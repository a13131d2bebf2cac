package com.electroisla.shell;

import com.electroisla.catalog.Price;
import com.electroisla.database.Rows;
import com.electroisla.shell.Pedidos.Pedido;
import com.electroisla.shell.Productos.Producto;
import com.electroisla.shell.Reservas.Reserva;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** The shell's own queries, and the execution of typed statements. */
final class ShellSql {
    /** A limit above the number of rows that anybody reads on a screen; for more there is a dump. */
    private static final int MOST_ROWS = 10_000;

    private ShellSql() {}

    static List<Producto> products(Handle handle, long afterId, int most) {
        return handle.createQuery("""
                        SELECT id, nombre, precio, es_precio(precio) AS se_vende, descuento, categoria, activo, stock,
                               stock_total, stock_reservado, stock_vendido
                          FROM productos WHERE id > :after ORDER BY id LIMIT :most
                        """)
                .bind("after", afterId)
                .bind("most", most)
                .map((row, context) -> new Producto(
                        row.getLong("id"),
                        row.getString("nombre"),
                        Price.of(row),
                        row.getInt("descuento"),
                        row.getString("categoria"),
                        row.getBoolean("activo"),
                        row.getInt("stock"),
                        row.getInt("stock_total"),
                        row.getInt("stock_reservado"),
                        row.getInt("stock_vendido")))
                .list();
    }

    static long countProducts(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM productos")
                .mapTo(Long.class)
                .one();
    }

    static List<Reserva> reservations(Handle handle, String status, long afterId, int most) {
        return handle.createQuery("""
                        SELECT r.id, u.username, p.nombre, r.producto_id, r.cantidad, r.status, r.created_at,
                               r.expires_at
                          FROM stock_reservations r JOIN auth_user u ON u.id = r.usuario_id
                          JOIN productos p ON p.id = r.producto_id
                         WHERE r.status = :status AND r.id > :after ORDER BY r.id LIMIT :most
                        """)
                .bind("status", status)
                .bind("after", afterId)
                .bind("most", most)
                .map((row, context) -> new Reserva(
                        row.getLong("id"),
                        row.getString("username"),
                        row.getString("nombre"),
                        row.getLong("producto_id"),
                        row.getInt("cantidad"),
                        row.getString("status"),
                        Rows.instant(row, "created_at"),
                        Rows.instant(row, "expires_at")))
                .list();
    }

    static List<Pedido> orders(Handle handle, long afterId, int most) {
        return handle.createQuery("""
                        SELECT o.id, u.username, o.estado, o.metodo_pago, o.total, o.created_at
                          FROM pedidos o JOIN auth_user u ON u.id = o.usuario_id WHERE o.id > :after ORDER BY o.id
                          LIMIT :most
                        """)
                .bind("after", afterId)
                .bind("most", most)
                .map((row, context) -> new Pedido(
                        row.getLong("id"),
                        row.getString("username"),
                        row.getString("estado"),
                        row.getString("metodo_pago"),
                        Rows.amount(row, "total"),
                        Rows.instant(row, "created_at")))
                .list();
    }

    static long countOrders(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM pedidos")
                .mapTo(Long.class)
                .one();
    }

    /** Runs a typed statement and prints its result. */
    static void run(Connection connection, String typed, PrintStream out) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(MOST_ROWS);
            boolean rows = statement.execute(typed);
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    printRows(statement, out);
                } else {
                    out.println(firstWord(typed) + " " + statement.getUpdateCount());
                }
                rows = statement.getMoreResults();
            }
        }
    }

    private static void printRows(Statement statement, PrintStream out) throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            int count = ResultTable.print(result, out);
            if (count == MOST_ROWS) {
                out.println("(se muestran las primeras " + MOST_ROWS + ")");
            }
        }
    }

    private static String firstWord(String typed) {
        String bare = typed.replaceAll("(?s)/\\*.*?\\*/|--[^\n]*", " ").strip();
        return bare.split("[\\s;(]", 2)[0].toUpperCase(Locale.ROOT);
    }

    /** {@code \dt}. */
    static final String TABLES = """
            SELECT n.nspname AS esquema, c.relname AS tabla, pg_size_pretty(pg_total_relation_size(c.oid)) AS tamaño
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
             ORDER BY 1, 2
            """;

    /**
     * {@code \d TABLE}: its columns, then its indexes.
     *
     * @return whether there is such a table
     */
    static boolean describe(Connection connection, String table, PrintStream out) throws SQLException {
        try (var columns = connection.prepareStatement("""
                SELECT a.attname AS columna, format_type(a.atttypid, a.atttypmod) AS tipo,
                       CASE WHEN a.attnotnull THEN 'not null' ELSE '' END AS nulo,
                           pg_get_expr(d.adbin, d.adrelid) AS omision
                  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                 WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
                """);
                var indexes = connection.prepareStatement(
                        "SELECT pg_get_indexdef(indexrelid) AS índices FROM pg_index WHERE indrelid = "
                                + "to_regclass(?) ORDER BY indexrelid")) {
            columns.setString(1, table);
            indexes.setString(1, table);
            try (ResultSet rows = columns.executeQuery()) {
                if (!rows.isBeforeFirst()) {
                    return false;
                }
                ResultTable.print(rows, out);
            }
            try (ResultSet rows = indexes.executeQuery()) {
                if (rows.isBeforeFirst()) {
                    ResultTable.print(rows, out);
                }
            }
            return true;
        }
    }
}
