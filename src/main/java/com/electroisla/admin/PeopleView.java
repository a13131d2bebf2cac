package com.electroisla.admin;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages about users, their carts and the audit log: read a page at a time, the newest first. */
public final class PeopleView {
    private PeopleView() {}

    /**
     * @param guest the name of a buyer without an account, which may be empty; null for an account
     * @param privileged whether it is a superuser or staff in Django's sense, and so an admin whatever the profile
     *     says
     */
    public record User(
            int id,
            String username,
            String email,
            @Nullable String guest,
            String role,
            boolean active,
            boolean privileged,
            long sessions,
            @Nullable Instant lastLogin) {
        public boolean isGuest() {
            return guest != null;
        }
    }

    public record Users(
            String search,
            String kind,
            List<User> rows,
            List<String> roles,
            @Nullable String next,
            boolean first) {}

    public record Cart(long id, String username, Instant updatedAt, BigDecimal total, List<Line> lines) {}

    public record Line(long productId, String product, int quantity, BigDecimal price) {}

    public record Carts(
            String search, List<Cart> rows, @Nullable String next, boolean first) {}

    /** @param before the values before the change, as JSON; empty when there were none */
    public record Change(
            long id,
            Instant at,
            String user,
            String action,
            String module,
            String object,
            String before,
            String after,
            String address) {}

    public record Audit(
            String module,
            String user,
            List<String> modules,
            List<Change> rows,
            @Nullable String next,
            boolean first) {}
}
