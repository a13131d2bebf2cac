package com.electroisla.admin;

import com.electroisla.database.Fragment;
import com.electroisla.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements of the accounts without their addresses, of which only a part leaves the database. */
final class StaffPeopleSql {
    /** The role of an account, by the rules of {@code accounts.Role}. */
    static final String ROLE = """
            CASE WHEN u.is_superuser OR u.is_staff THEN 'admin'
                 WHEN p.rol IN ('mensajero', 'trabajador', 'admin') THEN p.rol ELSE 'cliente' END""";

    private static final String NAMES = "texto_buscable(u.username || chr(10) || u.first_name || ' ' || u.last_name)";

    private static final String SELECT = """
            SELECT u.id, u.username, u.first_name, u.last_name, u.is_active, <role> AS papel,
                   u.date_joined, u.last_login,
                   CASE WHEN u.email <> '' THEN left(u.email, 1) || '***'
                       || COALESCE(substring(u.email FROM '@[^@]*$'), '') END AS correo_parcial
              FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id
             WHERE <condition>
             ORDER BY u.id DESC LIMIT :limit OFFSET :offset""";

    private StaffPeopleSql() {}

    static Listed<StaffPeople.Person> page(Handle handle, StaffPeople.Filter filter, int limit, long offset) {
        Fragment shown = SearchSql.words(NAMES, "words", filter.words().text());
        if (filter.role() != null) {
            shown = shown.and(ROLE + " = :role").with("role", filter.role().text());
        }
        if (filter.active() != null) {
            shown = shown.and(filter.active() ? "u.is_active" : "NOT u.is_active");
        }
        long count = shown.in(handle.createQuery("""
                        SELECT count(*) FROM auth_user u LEFT JOIN user_profiles p ON p.user_id = u.id WHERE <condition>
                        """)).mapTo(Long.class).one();
        return new Listed<>(
                count,
                shown.in(handle.createQuery(SELECT))
                        .define("role", ROLE)
                        .bind("limit", limit)
                        .bind("offset", offset)
                        .map((row, context) -> person(row))
                        .list());
    }

    static Optional<StaffPeople.Person> one(Handle handle, int id) {
        return Fragment.of("u.id = :id")
                .with("id", id)
                .in(handle.createQuery(SELECT))
                .define("role", ROLE)
                .bind("limit", 1)
                .bind("offset", 0)
                .map((row, context) -> person(row))
                .findOne();
    }

    private static StaffPeople.Person person(ResultSet row) throws SQLException {
        return new StaffPeople.Person(
                row.getInt("id"),
                row.getString("username"),
                row.getString("correo_parcial"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getBoolean("is_active"),
                row.getString("papel"),
                Rows.instant(row, "date_joined"),
                Rows.nullableInstant(row, "last_login"));
    }
}
