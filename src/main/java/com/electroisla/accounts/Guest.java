package com.electroisla.accounts;

import java.util.Optional;

/**
 * A buyer without an account, recognised by the cookie of the cart.
 *
 * @param name by which letters greet; empty before the first checkout, like the address
 * @param cookie the cookie's new value, where the browser is to replace the one that it sent
 */
public record Guest(int userId, String name, String email, Optional<String> cookie) {
    /** Without name and address. */
    @Override
    public String toString() {
        return "Guest[" + userId + "]";
    }
}
