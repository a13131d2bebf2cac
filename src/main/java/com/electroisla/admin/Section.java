package com.electroisla.admin;

import com.electroisla.accounts.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sections of the admin: their addresses, and the roles that they are for. A path that belongs to none of them is
 * closed to everybody, so a new page cannot be forgotten here.
 */
public enum Section {
    HOME("", "inicio", "◈", Role.MENSAJERO, Role.TRABAJADOR, Role.ADMIN),
    PRODUCTS("productos", "productos", "▤", Role.TRABAJADOR, Role.ADMIN),
    RESERVATIONS("stock-reservations", "reservas", "◷", Role.TRABAJADOR, Role.ADMIN),
    ORDERS("pedidos", "pedidos", "▣", Role.MENSAJERO, Role.TRABAJADOR, Role.ADMIN),
    PAYMENTS("pagos", "pagos", "◎", Role.TRABAJADOR, Role.ADMIN),
    REFUNDS("reembolsos", "reembolsos", "↩", Role.TRABAJADOR, Role.ADMIN),
    REPORT("informe", "informe", "∑", Role.TRABAJADOR, Role.ADMIN),
    CARTS("carritos", "carritos", "◰", Role.TRABAJADOR, Role.ADMIN),
    DIFFERENCES("diferencias", "diferencias", "≠", Role.TRABAJADOR, Role.ADMIN),
    MAILS("correos", "correos", "✉", Role.TRABAJADOR, Role.ADMIN),
    USERS("usuarios", "usuarios", "◉", Role.ADMIN),
    AUDIT("auditoria", "auditoria", "≣", Role.ADMIN);

    private final String path;
    private final String title;
    private final String icon;
    private final Set<Role> roles;

    Section(String path, String title, String icon, Role... roles) {
        this.path = path;
        this.title = title;
        this.icon = icon;
        this.roles = Set.of(roles);
    }

    /** The section's address. */
    public String href() {
        return path.isEmpty() ? "/admin/" : "/admin/" + path + "/";
    }

    /** The key of the section's name. */
    public String title() {
        return title;
    }

    public String icon() {
        return icon;
    }

    public Set<Role> roles() {
        return roles;
    }

    /** The sections in a role's navigation. */
    public static List<Section> openTo(Role role) {
        return Arrays.stream(values()).filter(each -> each.roles.contains(role)).toList();
    }

    /** The section of a path such as {@code /admin/productos/17/}. */
    public static Optional<Section> at(String path) {
        String[] parts = path.split("/");
        String first = parts.length > 2 ? parts[2] : "";
        return Arrays.stream(values()).filter(each -> each.path.equals(first)).findFirst();
    }
}
