package com.electroisla.accounts;

/**
 * A registration as its page sends it.
 *
 * @param firstName may be empty, like the last name
 */
public record SignUp(String username, String email, String password, String firstName, String lastName) {
    SignUp as(String normalisedUsername) {
        return new SignUp(normalisedUsername, email, password, firstName, lastName);
    }

    @Override
    public String toString() {
        return username;
    }
}
