package com.electroisla.admin;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.http.Cursor;
import com.electroisla.http.QueryParameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reservations for the staff; three statements for each page, and one more for each search text. */
public final class ReservationList {
    private static final int PAGE = 50;

    private final Database database;
    private final DatabaseClock clock;

    public ReservationList(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    public ReservationsView page(QueryParameters query) {
        ReservationsView.Filter filter = ReservationsView.Filter.of(query);
        String text = query.get("cursor");
        @Nullable Cursor cursor = text == null ? null : Cursor.decode(text, filter.at(""));
        return database.read(handle -> {
            Instant now = clock.now(handle);
            Instant soon = now.plus(Home.SOON);
            ReservationListSql.Sought sought = ReservationListSql.Sought.of(handle, filter);
            List<ReservationsView.Row> found =
                    ReservationListSql.page(handle, filter, sought, now, soon, cursor, PAGE + 1);
            long count;
            if (cursor != null) {
                count = cursor.count();
            } else {
                count = sought.isTooMuch()
                        ? ReservationsView.UNCOUNTED
                        : ReservationListSql.count(handle, filter, sought, now, soon);
            }
            @Nullable String next = null;
            if (found.size() > PAGE) {
                ReservationsView.Row last = found.get(PAGE - 1);
                int number = cursor == null ? 2 : cursor.page() + 1;
                String key =
                        filter.status().equals("por_expirar") ? last.expiresAt().toString() : "";
                next = filter.at(new Cursor(number, count, last.id(), key).encode(filter.at("")));
            }
            return new ReservationsView(filter, found.stream().limit(PAGE).toList(), count, next, cursor == null);
        });
    }

    /** One reservation, with its whole history. */
    public Optional<ReservationsView.Detail> find(long id) {
        return database.read(handle -> {
            Instant now = clock.now(handle);
            return ReservationListSql.find(handle, id, now).map(found -> {
                List<ReservationsView.Event> events = new ArrayList<>();
                events.add(new ReservationsView.Event(
                        "suceso_creada", found.row().createdAt(), found.row().username()));
                ReservationListSql.releases(handle, id).forEach(events::add);
                found.ended().ifPresent(events::add);
                return new ReservationsView.Detail(
                        found.row(),
                        found.unitPrice(),
                        found.checkout(),
                        found.order(),
                        found.address(),
                        found.userAgent(),
                        events);
            });
        });
    }
}
