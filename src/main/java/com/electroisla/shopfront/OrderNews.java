package com.electroisla.shopfront;

import com.electroisla.database.Database;
import com.electroisla.order.Order;
import com.electroisla.order.OrderState;
import com.electroisla.pages.Words;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sentences that tell a buyer until when an order waits for its money, what came back, and what is owed for it. */
public final class OrderNews {
    private final Database database;
    private final ZoneId zone;

    /** @param zone the time zone of the days and hours */
    public OrderNews(Database database, ZoneId zone) {
        this.database = database;
        this.zone = zone;
    }

    /**
     * Units of a product that came back, or money.
     *
     * @param amount owed, or given back; null for units
     * @param given when the money was given back; null while it is owed
     */
    record Item(
            String product,
            int units,
            @Nullable BigDecimal amount,
            @Nullable Instant given) {}

    public List<String> of(Order order, Words words) {
        List<String> sentences = new ArrayList<>();
        if (order.lapsesAt() != null) {
            sentences.add(words.text("espera_pago", words.when(order.lapsesAt(), zone)));
        }
        if (order.lapsedAt() != null) {
            sentences.add(words.text("vencido_sin_pago", words.when(order.lapsedAt(), zone)));
        }
        for (Item item : database.read(handle -> OrderNewsSql.of(handle, order.id()))) {
            // Of a cancelled order everything came back, if it ever left.
            if (item.amount() != null) {
                sentences.add(sentence(item.amount(), item.given(), words));
            } else if (order.state() != OrderState.CANCELLED) {
                sentences.add(words.text("volvieron", item.units(), item.product()));
            }
        }
        return List.copyOf(sentences);
    }

    private String sentence(BigDecimal amount, @Nullable Instant given, Words words) {
        return given == null
                ? words.text("dinero_debido", words.money(amount))
                : words.text("dinero_devuelto", words.money(amount), words.when(given, zone));
    }
}
