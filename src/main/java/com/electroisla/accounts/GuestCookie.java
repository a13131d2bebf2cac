package com.electroisla.accounts;

/**
 * The cookie of a guest's cart.
 *
 * @param token as the browser sent it
 * @param next the token that replaces it at the checkout: nobody can tell it who knows the first one only; empty where
 *     it is not needed
 */
public record GuestCookie(String token, String next) {
    @Override
    public String toString() {
        return "GuestCookie[...]";
    }
}
