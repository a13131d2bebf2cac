package com.electroisla.shopfront.http;

/**
 * The way in which the reader came to an order.
 *
 * @param base the address of the order, for its forms
 * @param email the guest's address, to which letters go; empty for the order of an account
 * @param byLink whether a letter's link opened it
 * @param adoptable whether the reader's account has the guest's address, and can take the order over
 */
public record OrderAccess(String base, String email, boolean byLink, boolean adoptable) {
    public boolean guest() {
        return !email.isEmpty();
    }
}
