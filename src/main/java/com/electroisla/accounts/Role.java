package com.electroisla.accounts;

import org.jspecify.annotations.Nullable;

/** The role of an account in the shop. The constants are the texts of {@code user_profiles.rol} in upper case. */
public enum Role {
    /** A buyer. */
    CLIENTE,
    /** A courier. */
    MENSAJERO,
    /** Staff of the shop. */
    TRABAJADOR,
    ADMIN;

    private final String text = name().toLowerCase(java.util.Locale.ROOT);

    /** The role's text in the database and in JSON. */
    public String text() {
        return text;
    }

    /**
     * The role of an account.
     *
     * @param privileged whether it is a superuser or staff in Django's sense; those are admins whatever the profile
     *     says
     * @param profile the profile's text; null without a profile, and then, as with a text we don't know, a buyer
     */
    static Role of(boolean privileged, @Nullable String profile) {
        if (privileged) {
            return ADMIN;
        }
        return profile == null ? CLIENTE : parse(profile);
    }

    static Role parse(String text) {
        for (Role role : values()) {
            if (role.text.equals(text)) {
                return role;
            }
        }
        return CLIENTE;
    }
}
