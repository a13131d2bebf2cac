package com.electroisla.shopfront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.electroisla.ShopFixture;
import com.electroisla.http.Language;
import com.electroisla.live.StockNews;
import com.electroisla.pages.Words;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveShelfIT {
    private static final Words WORDS = new Words(Language.SPANISH, "shopfront");

    private static final class Page implements LiveShelf.Sink {
        private volatile boolean open = true;

        @Override
        public void stock(long product, StockBadge badge) {}

        @Override
        public void holding(boolean live) {}

        @Override
        public void greet() {}

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }

    @Test
    void beyond_the_limit_a_page_is_refused_and_those_before_keep_their_streams() {
        try (ShopFixture given = new ShopFixture();
                LiveShelf shelf =
                        new LiveShelf(given.shop.products(), given.shop.reservationHistory(), StockNews.NONE, 2)) {
            Page first = new Page();
            Page second = new Page();
            assertTrue(shelf.watch(List.of(), null, WORDS, first));
            assertTrue(shelf.watch(List.of(), null, WORDS, second));
            assertFalse(shelf.watch(List.of(), null, WORDS, new Page()));
            assertTrue(first.isOpen() && second.isOpen());
            assertEquals(2, shelf.watching());
            shelf.disconnect();
            assertFalse(first.isOpen());
            assertTrue(shelf.watch(List.of(), null, WORDS, new Page()));
        }
    }
}
