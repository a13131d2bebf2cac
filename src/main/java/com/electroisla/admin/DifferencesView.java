package com.electroisla.admin;

import com.electroisla.accounts.Role;
import com.electroisla.http.QueryParameters;
import com.electroisla.reconciliation.Differences;
import com.electroisla.reconciliation.StoredDifference;
import com.electroisla.reconciliation.StoredDifference.State;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page of differences, the newest first.
 *
 * @param open whether it shows the open ones, or those that have ended
 * @param accepts whether the reader may accept a difference as it is
 * @param next the address of the page after this one; null on the last
 */
public record DifferencesView(
        boolean open,
        boolean accepts,
        List<Row> rows,
        @Nullable String next,
        boolean first) {
    private static final int PAGE = 50;
    private static final String ENDED = "terminadas";

    public static DifferencesView of(Differences differences, QueryParameters query, Role reader) {
        boolean open = !text(query, "estado").equals(ENDED);
        String before = text(query, "antes");
        boolean first = !before.matches("[0-9]{1,18}");
        List<StoredDifference> found =
                differences.page(open, first ? Long.MAX_VALUE : Long.parseLong(before), PAGE + 1);
        return new DifferencesView(
                open,
                mayAccept(reader),
                found.stream().limit(PAGE).map(Row::new).toList(),
                found.size() > PAGE
                        ? Section.DIFFERENCES.href()
                                + query.with(Map.of(
                                        "antes",
                                        Long.toString(found.get(PAGE - 1).id())))
                        : null,
                first);
    }

    /** A decision against the rows is an admin's. */
    public static boolean mayAccept(Role role) {
        return role == Role.ADMIN;
    }

    private static String text(QueryParameters query, String name) {
        return Objects.requireNonNullElse(query.get(name), "").strip();
    }

    /** One difference. */
    public record Row(StoredDifference it) {
        public String aspectKey() {
            return "aspecto_" + it.aspect().word();
        }

        public String stateKey() {
            return "situacion_" + it.state().word();
        }

        public String css() {
            return switch (it.state()) {
                case OPEN -> "mal";
                case REPAIRED -> "bien";
                case ACCEPTED -> "ojo";
            };
        }

        public boolean isOpen() {
            return it.state() == State.OPEN;
        }

        public String figure() {
            return it.figure().toPlainString();
        }

        public String expected() {
            return it.expected().toPlainString();
        }

        /** The name of a product, or the subject as it is. */
        public String subject() {
            return it.product().isEmpty() ? it.subject() : it.product();
        }

        /** The page of what it is about; null where there is none. */
        public @Nullable String href() {
            String[] parts = it.subject().split("/");
            return switch (parts[0]) {
                case "producto" -> Section.PRODUCTS.href() + parts[1] + "/";
                case "pedido" -> Section.ORDERS.href() + parts[1] + "/";
                default -> null;
            };
        }
    }
}
