package com.electroisla;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.reservation.ExpireReservations;
import org.junit.jupiter.api.Test;

final class HousekeepingIT {
    @Test
    void old_records_of_every_feature_go_and_young_ones_stay() {
        try (var fixture = new ShopFixture()) {
            int buyer = fixture.anyBuyer();
            fixture.sql("INSERT INTO lotes_confirmados (id, created_at) VALUES (gen_random_uuid(), now() - interval '25 hours'), (gen_random_uuid(), now() - interval '23 hours')");
            fixture.sql("INSERT INTO limites (clave, ventana_hasta, cuenta) VALUES ('vieja', now() - interval '1 minute', 1), ('joven', now() + interval '1 minute', 1)");
            fixture.sql("""
                    INSERT INTO idempotencia (usuario_id, metodo, ruta, clave, huella, estado, cuerpo, created_at)
                    VALUES (?, 'POST', '/', 'vieja', '', 200, '', now() - interval '25 hours'), (?, 'POST', '/', 'joven', '', 200, '', now() - interval '23 hours')
                    """, buyer, buyer);
            try (var housekeeping = housekeeping(fixture.shop)) {
                housekeeping.deleteOldRecords();
            }
            assertEquals(1, fixture.number("SELECT count(*) FROM lotes_confirmados"));
            assertEquals("joven", fixture.text("SELECT string_agg(clave, ',') FROM limites"));
            assertEquals("joven", fixture.text("SELECT string_agg(clave, ',') FROM idempotencia"));
        }
    }

    private static Housekeeping housekeeping(Shop shop) {
        return new Housekeeping(shop.database(), shop.clock(), new ExpireReservations(shop.database(), shop.clock()));
    }
}
