package com.electroisla.admin;

import com.electroisla.accounts.Role;
import com.electroisla.database.Database;
import com.electroisla.http.QueryParameters;
import com.electroisla.http.SearchWords;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Users, carts and the audit log, for the staff. */
public final class People {
    private static final int PAGE = 50;
    static final List<String> MODULES =
            List.of("producto", "inventario", "reserva", "pedido", "reembolso", "correo", "usuario", "carrito");

    static final String ACCOUNTS = "cuentas";
    static final String GUESTS = "invitados";
    static final String EVERYBODY = "todos";
    static final List<String> KINDS = List.of(ACCOUNTS, GUESTS, EVERYBODY);

    private final Database database;

    public People(Database database) {
        this.database = database;
    }

    public PeopleView.Users users(QueryParameters query) {
        String search = SearchWords.of("q", query.get("q")).text();
        String asked = text(query, "tipo");
        String kind = KINDS.contains(asked) ? asked : ACCOUNTS;
        List<PeopleView.User> found =
                database.read(handle -> PeopleSql.users(handle, search, kind, before(query), PAGE + 1));
        return new PeopleView.Users(
                search,
                kind,
                cut(found),
                Arrays.stream(Role.values()).map(Role::text).toList(),
                next("/admin/usuarios/", query, found, PeopleView.User::id),
                isFirst(query));
    }

    public PeopleView.Carts carts(QueryParameters query) {
        String search = SearchWords.of("q", query.get("q")).text();
        List<PeopleView.Cart> found = database.read(handle -> PeopleSql.carts(handle, search, before(query), PAGE + 1));
        return new PeopleView.Carts(
                search, cut(found), next("/admin/carritos/", query, found, PeopleView.Cart::id), isFirst(query));
    }

    public PeopleView.Audit audit(QueryParameters query) {
        String module = text(query, "modulo");
        String user = SearchWords.of("usuario", query.get("usuario")).text();
        List<PeopleView.Change> found =
                database.read(handle -> PeopleSql.audit(handle, module, user, before(query), PAGE + 1));
        return new PeopleView.Audit(
                module,
                user,
                MODULES,
                cut(found),
                next("/admin/auditoria/", query, found, PeopleView.Change::id),
                isFirst(query));
    }

    private static <T> List<T> cut(List<T> found) {
        return found.stream().limit(PAGE).toList();
    }

    private static <T> @Nullable String next(String page, QueryParameters query, List<T> found, ToLongFunction<T> id) {
        return found.size() > PAGE
                ? page + query.with(Map.of("antes", Long.toString(id.applyAsLong(found.get(PAGE - 1)))))
                : null;
    }

    private static boolean isFirst(QueryParameters query) {
        return before(query) == Long.MAX_VALUE;
    }

    private static long before(QueryParameters query) {
        String text = text(query, "antes");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
    }

    private static String text(QueryParameters query, String name) {
        return Objects.requireNonNullElse(query.get(name), "").strip();
    }
}
