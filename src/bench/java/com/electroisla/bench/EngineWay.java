package com.electroisla.bench;

import com.electroisla.Shop;
import com.electroisla.http.Answer;
import com.electroisla.http.Language;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationRequest.ReserveCart;
import java.time.Duration;
import java.util.Optional;

/** This program's engine, asked as its HTTP side asks it. Every buyer's cart is full beforehand and without holds. */
final class EngineWay implements Way {
    private static final Answer REFUSED = new Answer(409, new byte[0], java.util.Map.of());

    private final Shop shop;
    private final int buyers;

    EngineWay(Shop shop, int buyers) {
        this.shop = shop;
        this.buyers = buyers;
    }

    @Override
    public String letter() {
        return "c";
    }

    @Override
    public Measured measure(Scenario scenario, int atOnce, Duration time) throws Exception {
        return Load.run(atOnce, buyers, time, (door, buyer) -> {
            Answer answer = shop.reservations().submit(new ReserveCart(buyer, "127.0.0.1", "bench"), Optional.empty(), Language.SPANISH,
                    outcome -> outcome instanceof Reserved reserved && reserved.lines().size() == scenario.lines() ? Answer.noContent() : REFUSED);
            if (answer.status() != 204) {
                throw new IllegalStateException("not reserved: " + answer.status());
            }
        });
    }
}
