package com.electroisla.admin;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.http.QueryParameters;
import com.electroisla.payment.Charge;
import com.electroisla.payment.ChargeSql;
import com.electroisla.payment.Payment;
import com.electroisla.payment.PaymentSql;
import com.electroisla.payment.PaymentState;
import com.electroisla.payment.PaymentViewSql;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The payments through providers, for the staff. */
public final class PaymentList {
    private static final int PAGE = 50;
    private static final int MOST_STRAYS = 50;
    static final List<String> STATES =
            Arrays.stream(PaymentState.values()).map(PaymentState::word).toList();

    private final Database database;
    private final DatabaseClock clock;

    public PaymentList(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    public PaymentsView page(QueryParameters query) {
        String asked = Objects.requireNonNullElse(query.get("estado"), "").strip();
        String state = STATES.contains(asked) ? asked : "";
        String before = Objects.requireNonNullElse(query.get("antes"), "").strip();
        long beforeId = before.matches("[0-9]{1,18}") ? Long.parseLong(before) : Long.MAX_VALUE;
        boolean first = beforeId == Long.MAX_VALUE;
        return database.read(handle -> {
            List<PaymentsView.Row> rows = PaymentListSql.page(handle, state, beforeId, clock.now(handle), PAGE + 1);
            List<PaymentsView.Row> shown = rows.stream().limit(PAGE).toList();
            return new PaymentsView(
                    state,
                    STATES,
                    shown,
                    first && state.isEmpty() ? strays(handle) : List.of(),
                    rows.size() > PAGE
                            ? Section.PAYMENTS.href()
                                    + query.with(Map.of(
                                            "antes",
                                            Long.toString(shown.getLast().id())))
                            : null,
                    first);
        });
    }

    private static List<Charge> strays(Handle handle) {
        return PaymentListSql.strays(handle, MOST_STRAYS).stream()
                .map(id -> ChargeSql.find(handle, id))
                .flatMap(Optional::stream)
                .toList();
    }

    public Optional<PaymentsView.Detail> find(long id) {
        return database.read(handle -> {
            Instant now = clock.now(handle);
            return PaymentListSql.one(handle, id, now)
                    .flatMap(row -> PaymentSql.find(handle, id).map(payment -> detail(handle, row, payment)));
        });
    }

    private static PaymentsView.Detail detail(Handle handle, PaymentsView.Row row, Payment payment) {
        return new PaymentsView.Detail(
                row,
                payment.reference(),
                payment.details().address(),
                payment.details().phone(),
                payment.askedAt(),
                PaymentViewSql.lines(handle, List.of(payment.id())).getOrDefault(payment.id(), List.of()),
                ChargeSql.ofPayment(handle, payment.id()),
                PaymentViewSql.refunds(handle, List.of(payment.id())));
    }
}
