package com.electroisla.admin;

import com.electroisla.accounts.Role;
import java.util.Set;

/**
 * The roles that may make a call for the staff without a page: those of the section that shows or changes the same,
 * and where a call says less than its section, such as e-mail addresses in part, more roles.
 */
public enum StaffRight {
    /** Counts of accounts and products, without a name. */
    SEE_DASHBOARD(Section.HOME.roles()),
    SEE_PRODUCTS(Section.PRODUCTS.roles()),
    CHANGE_PRODUCTS(Section.PRODUCTS.roles()),
    DELETE_PRODUCTS(Set.of(Role.ADMIN)),
    /** A courier's own deliveries only; the orders themselves see to that. */
    SEE_ORDERS(Section.ORDERS.roles()),
    MOVE_ORDERS(Section.ORDERS.roles()),
    SEE_STATISTICS(Section.PRODUCTS.roles()),
    SEE_PEOPLE_IN_PART(Set.of(Role.TRABAJADOR, Role.ADMIN)),
    CHANGE_PEOPLE(Section.USERS.roles()),
    SEE_HISTORY(Section.AUDIT.roles());

    private final Set<Role> roles;

    StaffRight(Set<Role> roles) {
        this.roles = roles;
    }

    public boolean isOf(Role role) {
        return roles.contains(role);
    }
}
