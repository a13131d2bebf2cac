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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes the letters that follow from events: the receipt of an order, its way to the buyer, and holds that the staff
 * released. A buyer without a usable address gets none.
 */
public final class OrderLetters implements Listener {
    static final String ORDER = "pedido";
    static final String TOTAL = "total";
    static final String PAYMENT = "pago";
    static final String ADDRESS = "direccion_entrega";
    static final String PHONE = "telefono";
    static final String LINES = "lineas";
    static final String PRODUCT = "producto";
    static final String QUANTITY = "cantidad";
    static final String PRICE = "precio";
    static final String AMOUNT = "subtotal";
    /** The end of an order's wait for its money. */
    static final String LAPSES = "vence";
    /** The token of the link that opens the order to a guest. */
    static final String LINK = "enlace";

    /** The letters that their readers caused, in the language of their request. */
    static final Set<LetterKind> ASKED_FOR = EnumSet.of(
            LetterKind.SIGN_UP_CODE, LetterKind.RECOVERY_CODE, LetterKind.ACCOUNT_EXISTS, LetterKind.ORDER_PLACED);

    /** The letter about an order that moved into this state; about other states there is none. */
    private static final Map<String, LetterKind> MOVED = Map.of(
            "en_camino", LetterKind.ORDER_ON_THE_WAY,
            "entregado", LetterKind.ORDER_DELIVERED,
            "cancelado", LetterKind.ORDER_CANCELLED);

    /** The data of an event about an order. */
    private record Told(
            long pedido,
            int usuario,
            @Nullable String ahora,
            @Nullable String motivo,
            @Nullable String idioma) {
        Buyer in(Buyer buyer) {
            return idioma == null ? buyer : new Buyer(buyer.name(), buyer.address(), idioma, buyer.guest());
        }
    }

    /** The data of an event about a hold. */
    private record Released(long reserva, int usuario, long producto, int cantidad) {}

    private final OrderLink links;

    /** @param links makes the links for guests, who cannot sign in to see their order */
    public OrderLetters(OrderLink links) {
        this.links = links;
    }

    @Override
    public Set<EventKind> kinds() {
        return EnumSet.of(
                EventKind.ORDER_PLACED, EventKind.ORDER_MOVED, EventKind.ORDER_LAPSES_SOON, EventKind.HOLD_RELEASED);
    }

    @Override
    public void hear(Handle handle, List<StoredEvent> events, Instant now) {
        List<Letter> letters = new ArrayList<>();
        letters.addAll(aboutOrders(handle, events, now));
        letters.addAll(aboutHolds(handle, events));
        Letters.write(handle, letters, now);
    }

    private List<Letter> aboutOrders(Handle handle, List<StoredEvent> events, Instant now) {
        Map<StoredEvent, LetterKind> kinds = new LinkedHashMap<>();
        events.forEach(event -> kind(event).ifPresent(kind -> kinds.put(event, kind)));
        if (kinds.isEmpty()) {
            return List.of();
        }
        Map<Long, Map<String, Object>> receipts = OrderLettersSql.receipts(
                handle,
                kinds.keySet().stream()
                        .map(event -> event.read(Told.class).pedido())
                        .collect(Collectors.toSet()));
        Map<Integer, Buyer> buyers = buyers(
                handle,
                kinds.keySet().stream()
                        .map(event -> event.read(Told.class).usuario())
                        .collect(Collectors.toSet()));
        List<Letter> letters = new ArrayList<>();
        kinds.forEach((event, kind) -> {
            Told told = event.read(Told.class);
            Map<String, Object> receipt = receipts.get(told.pedido());
            // Later events of this round follow the language of the order.
            Buyer buyer = buyers.computeIfPresent(told.usuario(), (_, known) -> told.in(known));
            if (receipt != null && buyer != null && !isPaidMeanwhile(kind, receipt)) {
                Map<String, Object> contents = contents(kind, receipt);
                if (buyer.guest()) {
                    contents.put(LINK, links.make(handle, told.pedido(), now));
                }
                letters.add(letter(kind, buyer, contents, kind.word() + "/" + told.pedido()));
            }
        });
        return letters;
    }

    private static boolean isPaidMeanwhile(LetterKind kind, Map<String, Object> receipt) {
        return kind == LetterKind.ORDER_LAPSES_SOON && !receipt.containsKey(LAPSES);
    }

    private static Optional<LetterKind> kind(StoredEvent event) {
        return switch (event.kind()) {
            case ORDER_PLACED -> Optional.of(LetterKind.ORDER_PLACED);
            case ORDER_MOVED -> moved(event.read(Told.class));
            case ORDER_LAPSES_SOON -> Optional.of(LetterKind.ORDER_LAPSES_SOON);
            case HOLD_RELEASED,
                    HOLD_EXPIRED,
                    INVENTORY_DIFFERS,
                    STOCK_CHANGED,
                    PAYMENT_RECEIVED,
                    REFUND_OWED,
                    REFUND_PAID -> Optional.empty();
        };
    }

    private static Optional<LetterKind> moved(Told told) {
        return "vencido".equals(told.motivo())
                ? Optional.of(LetterKind.ORDER_LAPSED)
                : Optional.ofNullable(MOVED.get(Objects.toString(told.ahora())));
    }

    /** The whole receipt in the first letter and the last one about a cancelled order; otherwise where it goes. */
    private static Map<String, Object> contents(LetterKind kind, Map<String, Object> receipt) {
        Map<String, Object> contents = new LinkedHashMap<>(receipt);
        switch (kind) {
            case ORDER_ON_THE_WAY -> contents.keySet().retainAll(Set.of(ORDER, ADDRESS, PHONE));
            case ORDER_DELIVERED -> contents.keySet().retainAll(Set.of(ORDER));
            case ORDER_CANCELLED, ORDER_LAPSED -> contents.keySet().retainAll(Set.of(ORDER, LINES, TOTAL));
            case ORDER_LAPSES_SOON -> contents.keySet().retainAll(Set.of(ORDER, PAYMENT, TOTAL, LAPSES));
            default -> {}
        }
        return contents;
    }

    /** One letter for each buyer, with all their holds that were released at the same moment. */
    private static List<Letter> aboutHolds(Handle handle, List<StoredEvent> events) {
        Map<Instant, Map<Integer, List<Released>>> released = new TreeMap<>();
        for (StoredEvent event : events) {
            if (event.kind() == EventKind.HOLD_RELEASED) {
                Released hold = event.read(Released.class);
                released.computeIfAbsent(event.at(), _ -> new TreeMap<>())
                        .computeIfAbsent(hold.usuario(), _ -> new ArrayList<>())
                        .add(hold);
            }
        }
        if (released.isEmpty()) {
            return List.of();
        }
        List<Released> all = released.values().stream()
                .flatMap(each -> each.values().stream())
                .flatMap(List::stream)
                .toList();
        Map<Long, String> products = OrderLettersSql.products(
                handle, all.stream().map(Released::producto).collect(Collectors.toSet()));
        Map<Integer, Buyer> buyers =
                buyers(handle, all.stream().map(Released::usuario).collect(Collectors.toSet()));
        List<Letter> letters = new ArrayList<>();
        released.values()
                .forEach(each -> each.forEach((user, holds) -> {
                    Buyer buyer = buyers.get(user);
                    if (buyer != null) {
                        letters.add(aboutHolds(buyer, holds, products));
                    }
                }));
        return letters;
    }

    private static Letter aboutHolds(Buyer buyer, List<Released> holds, Map<Long, String> products) {
        List<Map<String, Object>> lines = holds.stream()
                .map(hold -> Map.<String, Object>of(
                        PRODUCT, products.getOrDefault(hold.producto(), ""), QUANTITY, hold.cantidad()))
                .toList();
        return letter(
                LetterKind.HOLD_RELEASED,
                buyer,
                Map.of(LINES, lines),
                LetterKind.HOLD_RELEASED.word() + "/" + holds.getFirst().reserva());
    }

    private static Letter letter(LetterKind kind, Buyer buyer, Map<String, Object> contents, String key) {
        Map<String, Object> values = new LinkedHashMap<>(contents);
        values.put(Letter.NAME, Letter.greeting(buyer.name()));
        return Letter.of(kind, buyer.address(), Locale.of(buyer.language()), values, key);
    }

    /** The users who can be written to, by id. */
    private static Map<Integer, Buyer> buyers(Handle handle, Collection<Integer> users) {
        Map<Integer, Buyer> buyers = OrderLettersSql.buyers(handle, users, ASKED_FOR);
        buyers.values().removeIf(buyer -> !Letter.isAddress(buyer.address()));
        return buyers;
    }
}
