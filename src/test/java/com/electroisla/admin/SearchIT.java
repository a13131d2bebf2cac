package com.electroisla.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.electroisla.ShopFixture;
import com.electroisla.accounts.Role;
import com.electroisla.http.ProblemException;
import com.electroisla.http.QueryParameters;
import com.electroisla.order.Orders;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The staff's lists search for words like the shop does. */
class SearchIT {
    private final ShopFixture shop = new ShopFixture();
    private long camera;
    private int buyer;

    @BeforeEach
    void a_camera_that_somebody_bought() {
        camera = shop.product("Cámara sumergible", "10.00", 9);
        long other = shop.product("Lámpara 100%_", "10.00", 9);
        buyer = shop.buyerWith(camera, 1);
        shop.sql("UPDATE auth_user SET username = 'ágata.pérez', email = 'agata@example.org' WHERE id = ?", buyer);
        shop.checkout(buyer);
        shop.pay(buyer);
        shop.checkout(shop.buyerWith(other, 1));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static QueryParameters query(String query) {
        return QueryParameters.parse(query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camara",
                "%20camara%20",
                "%09SUMERGIBLE%0ac%c3%a1mara",
                "sumer+cam",
                "descripcion+camara",
                "%C2%A0camara%01"
            })
    void products_are_found_by_every_word_in_any_order(String typed) {
        assertEquals(
                List.of(camera),
                new ProductList(shop.shop.database())
                        .page(query("q=" + typed)).rows().stream()
                                .map(ProductsView.Row::id)
                                .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"agata", "%20perez%20agata%09", "P%C3%89REZ", "perez%C2%A0%C3%81GATA"})
    void people_their_carts_orders_and_reservations_are_found_by_every_word(String typed) {
        var people = new People(shop.shop.database());
        shop.inCart(buyer, camera, 2);
        assertEquals(
                List.of(buyer),
                people.users(query("q=" + typed)).rows().stream()
                        .map(PeopleView.User::id)
                        .toList());
        assertEquals(1, people.carts(query("q=" + typed)).rows().size());
        assertEquals(
                1,
                new OrderList(shop.shop.database(), shop.shop.returnLines())
                        .page(query("q=" + typed), new Orders.Viewer(buyer, Role.ADMIN))
                        .rows()
                        .size());
        var reservations = new ReservationList(shop.shop.database(), shop.clock);
        assertEquals(1, reservations.page(query("q=" + typed)).rows().size());
        assertEquals(1, reservations.page(query("usuario=" + typed)).rows().size());
        assertEquals(1, reservations.page(query("q=sumergible%0Acamara")).rows().size());
    }

    @Test
    void wildcards_mean_themselves_and_what_is_too_long_is_refused() {
        var products = new ProductList(shop.shop.database());
        assertEquals(1, products.page(query("q=100%25_")).rows().size());
        assertEquals(0, products.page(query("q=c_mara")).rows().size());
        assertEquals(2, products.page(query("q=%09%20")).rows().size());
        assertThrows(ProblemException.class, () -> products.page(query("q=" + "a".repeat(201))));
        assertThrows(
                ProblemException.class,
                () -> new People(shop.shop.database()).users(query("q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u")));
    }
}
