package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.electroisla.ShopFixture;
import com.electroisla.cart.CartOutcome;
import com.electroisla.cart.CartRequest;
import com.electroisla.cart.CartTransaction;
import com.electroisla.groupcommit.Reply;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.idempotency.Keeping;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationOutcome.UserGone;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user may be deactivated by any program; a still valid token then changes nothing. */
class DeactivatedUserIT {
    private final ShopFixture fixture = new ShopFixture();
    private final long product = fixture.productWithStock(5);
    private final int user = fixture.buyerWith(product, 2);

    @AfterEach
    void figures_and_rows_agree() {
        try (fixture) {
            assertEquals(List.of(), fixture.differences());
        }
    }

    @Test
    void who_was_deactivated_reserves_nothing_pays_nothing_and_gives_nothing_up() {
        assertInstanceOf(Reserved.class, fixture.checkout(user));
        deactivate();

        assertEquals(new UserGone(), fixture.checkout(user));
        assertEquals(new UserGone(), fixture.pay(user));
        assertEquals(new UserGone(), fixture.cancel(fixture.shop, user));
        assertEquals("5/2/0", fixture.figures(product));

        fixture.sql("UPDATE auth_user SET is_active = true");
        assertInstanceOf(ReservationOutcome.Ordered.class, fixture.pay(user), "and goes on when active again");
    }

    @Test
    void who_was_deactivated_changes_no_cart_and_gets_none() {
        int withoutCart = fixture.anyBuyer();
        fixture.sql("DELETE FROM carts WHERE user_id = ?", withoutCart);
        deactivate();

        assertEquals(new CartOutcome.UserGone(), add(user));
        assertEquals(new CartOutcome.UserGone(), add(withoutCart));
        assertEquals(0, fixture.number("SELECT count(*) FROM carts WHERE user_id = ?", withoutCart));
        assertEquals(2, fixture.number("SELECT sum(quantity) FROM cart_items"));
    }

    @Test
    void a_change_beside_the_batches_is_refused_as_well() {
        deactivate();

        Reply<String> reply = new CartTransaction(fixture.shop.database(), fixture.clock)
                .run(user, Optional.empty(), change -> "done");

        assertEquals(new Reply.Gone<>(Reply.Missing.USER), reply);
    }

    @Test
    void the_answer_that_was_kept_for_a_key_is_not_given_to_somebody_who_was_deactivated_since() {
        var key = IdempotencyKey.of(user, "POST", "/api/carrito/checkout/", "clave", new byte[0]);
        assertInstanceOf(Reserved.class, ShopFixture.outcomeOf(checkout(key)));
        deactivate();

        assertEquals(new UserGone(), ShopFixture.outcomeOf(checkout(key)));

        fixture.sql("UPDATE auth_user SET is_active = true");
        assertInstanceOf(Reply.Kept.class, checkout(key), "the refusal was not kept");
    }

    private void deactivate() {
        fixture.sql("UPDATE auth_user SET is_active = false");
    }

    private Reply<ReservationOutcome> checkout(IdempotencyKey key) {
        return fixture.shop
                .reservations()
                .submit(
                        new ReservationRequest.ReserveCart(user, null, ""),
                        Optional.of(Keeping.onlyThatItWasDone(key, Reserved.class::isInstance)));
    }

    private CartOutcome add(int who) {
        return ShopFixture.outcomeOf(
                fixture.shop.carts().submit(new CartRequest.Add(new CartRequest.Caller(who, null, ""), product, 1)));
    }
}
