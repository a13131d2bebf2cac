package com.electroisla.mail;

import com.electroisla.event.EventKind;
import com.electroisla.event.Listener;
import com.electroisla.event.StoredEvent;
import com.electroisla.mail.OrderLettersSql.Buyer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes to buyers about money that goes back to them: when it comes to be owed, and when it was given. */
public final class RefundLetters implements Listener {
    static final String SUM = "importe";
    static final String REASON = "motivo";
    static final String PAYMENT = "pago_numero";

    /** The data of an event about a refund. */
    private record Told(
            @Nullable Long pedido,
            @Nullable Long pago,
            @Nullable Integer usuario,
            String importe,
            String motivo) {}

    private final OrderLink links;

    /** @param links makes the links for guests, who cannot sign in to see their order */
    public RefundLetters(OrderLink links) {
        this.links = links;
    }

    @Override
    public Set<EventKind> kinds() {
        return EnumSet.of(EventKind.REFUND_OWED, EventKind.REFUND_PAID);
    }

    @Override
    public void hear(Handle handle, List<StoredEvent> events, Instant now) {
        List<StoredEvent> about =
                events.stream().filter(event -> kinds().contains(event.kind())).toList();
        Map<Integer, Buyer> buyers = buyers(handle, about);
        List<Letter> letters = new ArrayList<>();
        for (StoredEvent event : about) {
            Told told = event.read(Told.class);
            Buyer buyer = told.usuario() == null ? null : buyers.get(told.usuario());
            if (buyer != null && Letter.isAddress(buyer.address())) {
                letters.add(letter(handle, event, told, buyer, now));
            }
        }
        Letters.write(handle, letters, now);
    }

    private static Map<Integer, Buyer> buyers(Handle handle, Collection<StoredEvent> events) {
        Set<Integer> users = events.stream()
                .map(event -> event.read(Told.class).usuario())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return users.isEmpty() ? Map.of() : OrderLettersSql.buyers(handle, users, OrderLetters.ASKED_FOR);
    }

    private Letter letter(Handle handle, StoredEvent event, Told told, Buyer buyer, Instant now) {
        LetterKind kind = event.kind() == EventKind.REFUND_OWED ? LetterKind.REFUND_OWED : LetterKind.REFUND_PAID;
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(Letter.NAME, Letter.greeting(buyer.name()));
        values.put(SUM, told.importe());
        values.put(REASON, told.motivo());
        if (told.pedido() != null) {
            values.put(OrderLetters.ORDER, told.pedido());
            if (buyer.guest()) {
                values.put(OrderLetters.LINK, links.make(handle, told.pedido(), now));
            }
        }
        if (told.pago() != null) {
            values.put(PAYMENT, told.pago());
        }
        return Letter.of(kind, buyer.address(), Locale.of(buyer.language()), values, kind.word() + "/" + event.id());
    }
}
