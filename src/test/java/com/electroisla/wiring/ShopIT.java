package com.electroisla.wiring;

import static org.junit.jupiter.api.Assertions.assertSame;

import com.electroisla.ShopFixture;
import com.electroisla.reservation.ReservationEngine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ShopIT {
    private final ShopFixture fixture = new ShopFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void the_open_engine_is_found_while_another_part_is_being_opened() throws Exception {
        Shop shop = fixture.shop;
        ReservationEngine engine = shop.reservations();
        synchronized (shop) { // as while a part is opened
            assertSame(
                    engine,
                    CompletableFuture.supplyAsync(shop::reservations, Thread::startVirtualThread)
                            .get(60, TimeUnit.SECONDS));
        }
    }
}
