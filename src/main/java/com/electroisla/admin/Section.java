package com.electroisla.admin;

import com.electroisla.accounts.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of the admin: where each lies, and which roles it is for. A path that belongs to none of them is open to nobody,
 * so a new page cannot be forgotten here.
 */
public enum Section {
    HOME("", "inicio", "◈", Role.MENSAJERO, Role.TRABAJADOR, Role.ADMIN),
    PRODUCTS("productos", "productos", "▤", Role.TRABAJADOR, Role.ADMIN),
    RESERVATIONS("stock-reservations", "reservas", "◷", Role.TRABAJADOR, Role.ADMIN),
    ORDERS("pedidos", "pedidos", "▣", Role.MENSAJERO, Role.TRABAJADOR, Role.ADMIN),
    CARTS("carritos", "carritos", "◰", Role.TRABAJADOR, Role.ADMIN),
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

    /** Its address. */
    public String href() {
        return path.isEmpty() ? "/admin/" : "/admin/" + path + "/";
    }

    /** The key of its name. */
    public String title() {
        return title;
    }

    public String icon() {
        return icon;
    }

    public Set<Role> roles() {
        return roles;
    }

    /** What a role finds in the navigation. */
    public static List<Section> openTo(Role role) {
        return Arrays.stream(values()).filter(each -> each.roles.contains(role)).toList();
    }

    /** The part of the admin that a path such as {@code /admin/productos/17/} lies in. */
    public static Optional<Section> at(String path) {
        String[] parts = path.split("/");
        String first = parts.length > 2 ? parts[2] : "";
        return Arrays.stream(values()).filter(each -> each.path.equals(first)).findFirst();
    }
}
