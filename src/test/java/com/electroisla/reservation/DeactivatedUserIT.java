package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.electroisla.ShopFixture;
import com.electroisla.cart.CartRequest;
import com.electroisla.cart.CartTransaction;
import com.electroisla.http.Answer;
import com.electroisla.idempotency.IdempotencyKey;
import com.electroisla.reservation.ReservationOutcome.Reserved;
import com.electroisla.reservation.ReservationOutcome.UserGone;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Any program may deactivate a user; a token that is still good changes nothing any more. */
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

        assertEquals(401, add(user).status());
        assertEquals(401, add(withoutCart).status());
        assertEquals(0, fixture.number("SELECT count(*) FROM carts WHERE user_id = ?", withoutCart));
        assertEquals(2, fixture.number("SELECT sum(quantity) FROM cart_items"));
    }

    @Test
    void a_change_beside_the_batches_is_refused_as_well() {
        deactivate();

        Answer answer = ShopFixture.answer(new CartTransaction(fixture.shop.database(), fixture.clock).run(
                user, Optional.empty(), change -> "done"), outcome -> Answer.noContent());

        assertEquals(401, answer.status());
    }

    @Test
    void the_answer_that_was_kept_for_a_key_is_not_given_to_somebody_who_was_deactivated_since() {
        var key = Optional.of(IdempotencyKey.of(user, "POST", "/api/carrito/checkout/", "clave", new byte[0]));
        assertEquals(204, checkout(key));
        deactivate();

        assertEquals(401, checkout(key));

        fixture.sql("UPDATE auth_user SET is_active = true");
        assertEquals(204, checkout(key), "the 401 was not kept");
    }

    private void deactivate() {
        fixture.sql("UPDATE auth_user SET is_active = false");
    }

    private int checkout(Optional<IdempotencyKey> key) {
        return ShopFixture.<ReservationOutcome>answer(
                keeping -> fixture.shop.reservations().submit(new ReservationRequest.ReserveCart(user, null, ""), keeping), key,
                outcome -> outcome instanceof UserGone ? new Answer(401, new byte[0], java.util.Map.of()) : Answer.noContent()).status();
    }

    private Answer add(int who) {
        return ShopFixture.answer(fixture.shop.carts().submit(new CartRequest.Add(new CartRequest.Caller(who, null, ""), product, 1)),
                outcome -> outcome instanceof com.electroisla.cart.CartOutcome.UserGone ? new Answer(401, new byte[0], java.util.Map.of()) : Answer.noContent());
    }
}
