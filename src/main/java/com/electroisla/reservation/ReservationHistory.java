package com.electroisla.reservation;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.Rows;
import java.time.Instant;
import java.util.List;

/** What a buyer has held, newest first. */
public final class ReservationHistory {
    private final Database database;
    private final DatabaseClock clock;

    public ReservationHistory(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    public List<ReservationView> page(int userId, int limit, long offset) {
        return database.read(handle -> {
            Instant now = clock.now(handle);
            return handle.createQuery("""
                            SELECT r.id, r.producto_id, p.nombre, r.cantidad, r.status, r.created_at, r.expires_at
                              FROM stock_reservations r JOIN productos p ON p.id = r.producto_id
                             WHERE r.usuario_id = :user ORDER BY r.id DESC LIMIT :limit OFFSET :offset
                            """)
                    .bind("user", userId)
                    .bind("limit", limit)
                    .bind("offset", offset)
                    .map((row, context) -> new ReservationView(row.getLong("id"), row.getLong("producto_id"), row.getString("nombre"),
                            row.getInt("cantidad"), ReservationStatus.of(row.getString("status")), Rows.instant(row, "created_at"),
                            Rows.instant(row, "expires_at"), now))
                    .list();
        });
    }
}
