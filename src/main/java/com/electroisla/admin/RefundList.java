package com.electroisla.admin;

import com.electroisla.accounts.Role;
import com.electroisla.database.Database;
import com.electroisla.http.QueryParameters;
import com.electroisla.payment.Refund;
import com.electroisla.payment.RefundState;
import com.electroisla.payment.Refunds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The refunds for the staff: what is owed to whom, and how it was given. Only an admin gives money back. */
public final class RefundList {
    /** The filter of all that are not given yet. */
    static final String OPEN = "abierto";

    static final List<String> STATES = Stream.concat(
                    Stream.of(OPEN), Arrays.stream(RefundState.values()).map(RefundState::word))
            .toList();
    private static final int PAGE = 50;

    private final Database database;
    private final Refunds refunds;

    public RefundList(Database database, Refunds refunds) {
        this.database = database;
        this.refunds = refunds;
    }

    /** Whether this role gives money back. */
    public static boolean pays(Role role) {
        return role == Role.ADMIN;
    }

    public RefundsView page(QueryParameters query) {
        String asked = text(query, "estado");
        String state = STATES.contains(asked) ? asked : "";
        long before = before(query);
        List<RefundsView.Row> found = database.read(handle -> RefundListSql.page(handle, state, before, PAGE + 1));
        @Nullable
        String next = found.size() > PAGE
                ? Section.REFUNDS.href()
                        + query.with(Map.of(
                                "antes", Long.toString(found.get(PAGE - 1).id())))
                : null;
        return new RefundsView(
                state, STATES, refunds.owed(), found.stream().limit(PAGE).toList(), next, before == Long.MAX_VALUE);
    }

    /**
     * @param how what the reader typed, if it was not accepted
     * @param problem the reason, or empty
     */
    public Optional<RefundsView.Detail> find(long id, Role role, String how, String problem) {
        Optional<Refund> refund = refunds.find(id);
        return refund.flatMap(found -> database.<Optional<RefundsView.Row>, RuntimeException>read(
                        handle -> RefundListSql.one(handle, id))
                .map(row -> new RefundsView.Detail(row, refunds.ways(found), pays(role), how, problem)));
    }

    private static long before(QueryParameters query) {
        String text = text(query, "antes");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
    }

    private static String text(QueryParameters query, String name) {
        return Objects.requireNonNullElse(query.get(name), "").strip();
    }
}
