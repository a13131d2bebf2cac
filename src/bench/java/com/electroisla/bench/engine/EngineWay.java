package com.electroisla.bench.engine;

import com.electroisla.bench.shop.Load;
import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import com.electroisla.database.Database;
import com.electroisla.groupcommit.Reply;
import com.electroisla.reservation.ReservationEngine;
import com.electroisla.reservation.ReservationOutcome;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import com.electroisla.reservation.ReservationSettings;
import com.electroisla.reservation.Reservations;
import com.electroisla.wiring.Shop;
import java.time.Duration;

/**
 * This program's engine, called as its HTTP side calls it. Every buyer's cart is full beforehand and without holds.
 * Once on connections without triggers, and once on ordinary ones, which it uses where it may have no others.
 */
public final class EngineWay implements Way {
    private static final int CONNECTIONS = 4;

    private final String letter;
    private final Reservations engine;
    private final int buyers;
    private final AutoCloseable end;

    private EngineWay(String letter, Reservations engine, int buyers, AutoCloseable end) {
        this.letter = letter;
        this.engine = engine;
        this.buyers = buyers;
        this.end = end;
    }

    public static EngineWay ofTheShop(Shop shop, int buyers) {
        return new EngineWay("c", shop.reservations(), buyers, () -> {});
    }

    public static EngineWay onOrdinaryConnections(Shop shop, int buyers) {
        Database batches = shop.database().sibling(CONNECTIONS, Database.Purpose.BATCHES);
        var engine = new ReservationEngine(batches, shop.clock(), ReservationSettings.of(shop.settings()));
        return new EngineWay("i", engine, buyers, () -> {
            engine.close();
            batches.close();
        });
    }

    @Override
    public void close() throws Exception {
        end.close();
    }

    @Override
    public String letter() {
        return letter;
    }

    @Override
    public Measured measure(Scenario scenario, int atOnce, Duration time) throws Exception {
        return Load.run(atOnce, buyers, time, (door, buyer) -> {
            Reply<ReservationOutcome> reply = engine.submit(new ReserveCart(buyer, "127.0.0.1", "bench"));
            if (!(reply instanceof Reply.Decided<ReservationOutcome>(Reserved reserved, var _)
                    && reserved.lines().size() == scenario.lines())) {
                throw new IllegalStateException("not reserved: " + reply);
            }
        });
    }
}
