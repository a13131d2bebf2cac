package com.electroisla.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;

/**
 * Fresh databases as the old shop's Django really made and filled them: each dump is loaded once, the others are
 * copies of it. There are dumps at 0018, 0019, 0020 and 0033; a level between is the real 0020 with the statements of
 * Django's further migrations up to it.
 */
public final class LegacyDatabase {
    private static final Map<Integer, JdbcTarget> TEMPLATES = new ConcurrentHashMap<>();
    private static final Set<Integer> DUMPS = Set.of(18, 19, 20, 33);

    private LegacyDatabase() {}

    /** @param level Django's last migration in it, from 18 (before the inventory system) to 33 */
    public static JdbcTarget create(int level) {
        return TestPostgres.newDatabase(TEMPLATES.computeIfAbsent(level, wanted -> {
            JdbcTarget target = TestPostgres.newDatabase();
            load(target, level);
            return target;
        }));
    }

    /** Loads that level into an empty database on any server, like {@code psql -f}. */
    public static void load(JdbcTarget target, int level) {
        int dump = DUMPS.contains(level) ? level : 20;
        String file = "/legacy/%04d.sql.gz".formatted(dump);
        try (var in = Objects.requireNonNull(LegacyDatabase.class.getResourceAsStream(file), file);
                var lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
                Connection connection = target.connect(Map.of())) {
            run(lines, connection);
            try (var statement = connection.createStatement()) {
                statement.execute("RESET search_path");
                for (String step : SINCE_0020.subMap(dump + 1, level + 1).values()) {
                    statement.execute(step);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (SQLException failure) {
            throw new IllegalStateException(file, failure);
        }
    }

    private static void run(BufferedReader lines, Connection connection) throws IOException, SQLException {
        StringBuilder statement = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            boolean metaCommand = statement.isEmpty() && line.startsWith("\\");
            boolean nothing = statement.isEmpty() && (line.isBlank() || line.startsWith("--"));
            if (metaCommand || nothing) {
                continue;
            }
            statement.append(line).append('\n');
            if (line.endsWith(" FROM stdin;")) {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(statement.toString(), new StringReader(rows(lines)));
                statement.setLength(0);
            } else if (line.endsWith(";")) {
                try (var prepared = connection.createStatement()) {
                    prepared.execute(statement.toString());
                }
                statement.setLength(0);
            }
        }
    }

    private static String rows(BufferedReader lines) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String line = lines.readLine(); !line.equals("\\."); line = lines.readLine()) {
            rows.append(line).append('\n');
        }
        return rows.toString();
    }

    /** The SQL of each of Django's migrations above 0020, by full name; 0033 has a dump of its own. */
    private static final SortedMap<Integer, String> SINCE_0020 = new TreeMap<>();

    private static void step(int number, String name, String effect) {
        SINCE_0020.put(
                number,
                effect
                        + (";\nINSERT INTO django_migrations (app, name, "
                                        + "applied) VALUES ('api', '%04d_%s', now())")
                                .formatted(number, name));
    }

    static {
        step(21, "add_performance_indexes", """
                CREATE INDEX producto_carousel_idx ON productos (en_carrusel, activo);
                CREATE INDEX producto_active_cat_idx ON productos (activo, categoria);
                CREATE INDEX producto_stock_idx ON productos (stock_total, stock_reservado, stock_vendido);
                CREATE INDEX cartitem_cart_prod_idx ON cart_items (cart_id, product_id);
                CREATE INDEX favorito_user_prod_idx ON favoritos (usuario_id, producto_id);
                CREATE INDEX favorito_producto_idx ON favoritos (producto_id)""");
        step(22, "remove_cartitem_cartitem_cart_prod_idx_and_more", """
                DROP INDEX producto_carousel_idx, producto_active_cat_idx, producto_stock_idx, cartitem_cart_prod_idx,
                    favorito_user_prod_idx, favorito_producto_idx""");
        step(
                23,
                "alter_cartauditlog_action_and_more",
                "ALTER TABLE cart_audit_logs ALTER COLUMN action TYPE varchar(20)");
        step(
                24,
                "alter_stockreservation_user_agent",
                "ALTER TABLE stock_reservations ALTER COLUMN user_agent DROP NOT NULL");
        step(25, "add_performance_indexes_v2", """
                CREATE INDEX productos_en_carrusel_93c6008c ON productos (en_carrusel);
                CREATE INDEX productos_activo_c8089491 ON productos (activo);
                CREATE INDEX productos_categoria_15a4b1bf ON productos (categoria);
                CREATE INDEX productos_categoria_15a4b1bf_like ON productos (categoria varchar_pattern_ops);
                CREATE INDEX productos_created_at_11b4ee07 ON productos (created_at);
                CREATE INDEX api_producto_en_carrusel_activo_idx ON productos (en_carrusel, activo);
                CREATE INDEX api_producto_categoria_activo_idx ON productos (categoria, activo);
                CREATE INDEX api_producto_created_at_desc_idx ON productos (created_at DESC)""");
        step(26, "remove_producto_api_producto_en_carrusel_activo_idx_and_more", """
                DROP INDEX productos_en_carrusel_93c6008c, productos_activo_c8089491, productos_categoria_15a4b1bf,
                    productos_categoria_15a4b1bf_like, productos_created_at_11b4ee07,
                    api_producto_en_carrusel_activo_idx,
                    api_producto_categoria_activo_idx, api_producto_created_at_desc_idx""");
        step(27, "add_imagen_field", "ALTER TABLE productos ADD COLUMN imagen varchar(100)");
        step(28, "add_visibility_fields", """
                ALTER TABLE productos ADD COLUMN en_carousel_card boolean NOT NULL DEFAULT true,
                    ADD COLUMN en_all_products boolean NOT NULL DEFAULT true;
                ALTER TABLE productos ALTER COLUMN en_carousel_card DROP DEFAULT,
                    ALTER COLUMN en_all_products DROP DEFAULT""");
        step(29, "emailverification", """
                CREATE TABLE email_verifications (
                    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, codigo varchar(6) NOT NULL,
                    created_at timestamptz NOT NULL,
                    expires_at timestamptz NOT NULL, verificado boolean NOT NULL, verificado_at timestamptz,
                    intentos_fallidos integer NOT NULL,
                    ip_address inet, ultimo_reenvio timestamptz, contador_reenvios integer NOT NULL,
                    usuario_id integer NOT NULL REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED)""");
        step(30, "emailverification_email_temporal_and_more", """
                ALTER TABLE email_verifications ADD COLUMN email_temporal varchar(254),
                    ADD COLUMN first_name_temporal varchar(150),
                    ADD COLUMN last_name_temporal varchar(150), ADD COLUMN username_temporal varchar(150),
                        ADD COLUMN password_hash varchar(255),
                    ALTER COLUMN usuario_id DROP NOT NULL""");
        step(31, "passwordresettoken", """
                CREATE TABLE password_reset_tokens (
                    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, token_hash varchar(64) NOT NULL UNIQUE,
                    created_at timestamptz NOT NULL,
                    expires_at timestamptz NOT NULL, usado boolean NOT NULL, usado_at timestamptz,
                    user_agent varchar(500), ip_address inet,
                    usuario_id integer NOT NULL REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED)""");
        step(32, "passwordrecoverycode", """
                CREATE TABLE api_passwordrecoverycode (
                    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, codigo varchar(6) NOT NULL,
                    verificado boolean NOT NULL,
                    verificado_at timestamptz, intentos_fallidos integer NOT NULL, contador_reenvios integer NOT NULL,
                    ultimo_reenvio timestamptz,
                    ip_address inet, user_agent text NOT NULL, created_at timestamptz NOT NULL,
                    expires_at timestamptz NOT NULL,
                    usuario_id integer NOT NULL REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED)""");
    }
}
