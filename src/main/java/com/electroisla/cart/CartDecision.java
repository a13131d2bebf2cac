package com.electroisla.cart;

import com.electroisla.cart.CartOutcome.CartFull;
import com.electroisla.cart.CartOutcome.Changed;
import com.electroisla.cart.CartOutcome.Cut;
import com.electroisla.cart.CartOutcome.NoSuchLine;
import com.electroisla.cart.CartOutcome.NoSuchProduct;
import com.electroisla.cart.CartOutcome.NotEnough;
import com.electroisla.cart.CartOutcome.NotForSale;
import com.electroisla.cart.CartOutcome.OverLimit;
import com.electroisla.cart.CartOutcome.OverUnitCap;
import com.electroisla.cart.CartOutcome.QuantitiesSet;
import com.electroisla.cart.CartOutcome.Reason;
import com.electroisla.cart.CartOutcome.UserGone;
import com.electroisla.cart.CartRequest.Add;
import com.electroisla.cart.CartRequest.AddNothing;
import com.electroisla.cart.CartRequest.Caller;
import com.electroisla.cart.CartRequest.ChangeQuantity;
import com.electroisla.cart.CartRequest.Clear;
import com.electroisla.cart.CartRequest.Remove;
import com.electroisla.cart.CartRequest.SetQuantities;
import com.electroisla.cart.CartRequest.View;
import com.electroisla.database.StockFigures;
import com.electroisla.groupcommit.LockedCart;
import com.electroisla.limits.LimitResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides requests to carts: a pure function of the rows read under the carts' locks. The check of the stock is a
 * courtesy: a cart reserves nothing, checkout decides.
 */
final class CartDecision {
    /** A buyer may hold any number of units. */
    static final int NO_CAP = Integer.MAX_VALUE;

    private final Instant now;
    private final CartState state;
    private final int unitCap;
    private final Iterator<Long> newLineIds;
    private final Map<Integer, Contents> carts = new LinkedHashMap<>();
    private final List<AuditRow> audit = new ArrayList<>();

    /**
     * The input of the decisions.
     *
     * @param lines of every cart, by cart's id, in the order they were added
     * @param offers of the products that the requests name
     * @param held units of a product that a buyer holds, by both
     * @param newLineIds one for each request to add
     */
    record CartState(
            Map<Integer, LockedCart> carts,
            Map<Long, List<Cart.Item>> lines,
            Map<Long, Offer> offers,
            Map<HeldBy, Integer> held,
            List<Long> newLineIds) {}

    /**
     * @param price null for a product that is not for sale
     * @param overdue units of expired holds that still count as held
     */
    record Offer(
            Cart.ItemProduct product,
            boolean active,
            @Nullable BigDecimal price,
            StockFigures figures,
            long overdue) {}

    record HeldBy(int userId, long productId) {}

    /** A row of {@code cart_audit_logs}; {@code null} where an action has no such value. */
    record AuditRow(
            Caller caller,
            String action,
            @Nullable Long productId,
            String productName,
            @Nullable Integer before,
            @Nullable Integer after,
            @Nullable BigDecimal price) {}

    /** A cart before and after. */
    static final class Contents {
        final LockedCart cart;
        final Map<Long, Cart.Item> before = new LinkedHashMap<>();
        final Map<Long, Cart.Item> items = new LinkedHashMap<>();
        Instant updatedAt;
        boolean touched;

        Contents(LockedCart cart, List<Cart.Item> lines) {
            this.cart = cart;
            this.updatedAt = cart.updatedAt();
            lines.forEach(line -> before.put(line.id(), line));
            items.putAll(before);
        }

        Optional<Cart.Item> lineOf(long productId) {
            return items.values().stream()
                    .filter(item -> item.product().id() == productId)
                    .findFirst();
        }

        List<Cart.Item> added() {
            return items.values().stream()
                    .filter(item -> !before.containsKey(item.id()))
                    .toList();
        }

        List<Cart.Item> changed() {
            return items.values().stream()
                    .filter(item -> before.containsKey(item.id()) && !item.equals(before.get(item.id())))
                    .toList();
        }

        List<Long> removed() {
            return before.keySet().stream().filter(id -> !items.containsKey(id)).toList();
        }
    }

    CartDecision(CartState state, Instant now) {
        this(state, now, NO_CAP);
    }

    /** @param unitCap how many units of one product a buyer can hold at once */
    CartDecision(CartState state, Instant now, int unitCap) {
        this.state = state;
        this.now = now;
        this.unitCap = unitCap;
        this.newLineIds = state.newLineIds().iterator();
        state.carts()
                .forEach((user, cart) ->
                        carts.put(user, new Contents(cart, state.lines().getOrDefault(cart.id(), List.of()))));
    }

    /** @param limit the result of the hourly limit for this request */
    CartOutcome decide(CartRequest request, Optional<LimitResult> limit) {
        Contents contents = carts.get(request.userId());
        if (contents == null) {
            return new UserGone();
        }
        if (limit.isPresent() && limit.get() instanceof LimitResult.Exceeded exceeded) {
            return new OverLimit(exceeded);
        }
        return switch (request) {
            case Add add -> add(contents, add);
            case AddNothing _ -> new CartOutcome.Counted();
            case ChangeQuantity change -> change(contents, change);
            case SetQuantities quantities -> set(contents, quantities);
            case Remove remove -> remove(contents, remove);
            case Clear clear -> clear(contents, clear);
            case View _ -> new Changed(view(contents));
        };
    }

    /** The carts to write; carts that were only read are not among them. */
    List<Contents> touchedCarts() {
        return carts.values().stream().filter(contents -> contents.touched).toList();
    }

    List<AuditRow> audit() {
        return audit;
    }

    private CartOutcome add(Contents contents, Add request) {
        Offer offer = state.offers().get(request.productId());
        if (offer == null || !offer.active()) {
            return new NoSuchProduct();
        }
        BigDecimal price = offer.price();
        if (price == null) {
            return new NotForSale(offer.product().name());
        }
        Optional<Cart.Item> line = contents.lineOf(request.productId());
        int before = line.map(Cart.Item::quantity).orElse(0);
        long wanted = (long) before + request.quantity();
        int available = available(request.caller(), offer);
        if (wanted > available) {
            return new NotEnough(available, request.quantity());
        }
        if (wanted > unitCap) {
            return new OverUnitCap(unitCap);
        }
        if (line.isEmpty() && contents.items.size() >= Carts.MOST_LINES) {
            return new CartFull();
        }
        put(contents, request.caller(), line, offer.product(), price, (int) wanted);
        return changed(contents);
    }

    private void put(
            Contents contents,
            Caller caller,
            Optional<Cart.Item> line,
            Cart.ItemProduct product,
            BigDecimal price,
            int quantity) {
        Cart.Item after = line.map(it -> it.withQuantity(quantity, now))
                .orElseGet(() -> new Cart.Item(newLineIds.next(), product, quantity, price, now, now));
        contents.items.put(after.id(), after);
        int before = line.map(Cart.Item::quantity).orElse(0);
        audit.add(new AuditRow(caller, "add", product.id(), product.name(), before, quantity, price));
    }

    private CartOutcome change(Contents contents, ChangeQuantity request) {
        Cart.Item line = contents.items.get(request.lineId());
        if (line == null) {
            return new NoSuchLine();
        }
        Offer offer = state.offers().get(line.product().id());
        if (offer != null && offer.active() && offer.price() == null) {
            return new NotForSale(offer.product().name());
        }
        int available = offer != null && offer.active() ? available(request.caller(), offer) : 0;
        if (request.quantity() > available) {
            return new NotEnough(available, request.quantity());
        }
        if (request.quantity() > unitCap) {
            return new OverUnitCap(unitCap);
        }
        update(contents, request.caller(), line, request.quantity());
        return changed(contents);
    }

    private void update(Contents contents, Caller caller, Cart.Item line, int quantity) {
        contents.items.put(line.id(), line.withQuantity(quantity, now));
        audit.add(new AuditRow(
                caller,
                "update",
                line.product().id(),
                line.product().name(),
                line.quantity(),
                quantity,
                line.priceAtAddition()));
    }

    private CartOutcome set(Contents contents, SetQuantities request) {
        List<Cart.Item> before = List.copyOf(contents.items.values());
        // Removals first: they make room for new lines.
        request.quantities().forEach((product, quantity) -> {
            if (quantity == 0) {
                contents.lineOf(product).ifPresent(line -> drop(contents, request.caller(), line));
            }
        });
        List<Cut> cut = new ArrayList<>();
        request.quantities().forEach((product, quantity) -> {
            if (quantity > 0) {
                fit(contents, request.caller(), product, quantity).ifPresent(cut::add);
            }
        });
        if (!before.equals(List.copyOf(contents.items.values()))) {
            changed(contents);
        }
        return new QuantitiesSet(view(contents), List.copyOf(cut));
    }

    /**
     * Sets one product's quantity as far as it fits. With no unit free a line stays as it is, because a cart is a wish
     * list.
     */
    private Optional<Cut> fit(Contents contents, Caller caller, long product, int wanted) {
        Optional<Cart.Item> line = contents.lineOf(product);
        int before = line.map(Cart.Item::quantity).orElse(0);
        if (wanted == before) {
            return Optional.empty();
        }
        Offer offer = state.offers().get(product);
        if (offer == null || !offer.active()) {
            return Optional.of(new Cut(product, wanted, before, 0, Reason.NO_SUCH_PRODUCT));
        }
        BigDecimal price = offer.price();
        if (price == null) {
            return Optional.of(new Cut(product, wanted, before, 0, Reason.NOT_FOR_SALE));
        }
        int available = available(caller, offer);
        int allowed = Math.min(wanted, Math.min(Carts.LARGEST_QUANTITY, unitCap));
        int fitting = Math.min(allowed, available);
        if (line.isEmpty() && fitting > 0 && contents.items.size() >= Carts.MOST_LINES) {
            return Optional.of(new Cut(product, wanted, 0, 0, Reason.CART_FULL));
        }
        int after = fitting > 0 ? fitting : before;
        if (line.isPresent() && after != before) {
            update(contents, caller, line.get(), after);
        } else if (line.isEmpty() && after > 0) {
            put(contents, caller, line, offer.product(), price, after);
        }
        if (after == wanted) {
            return Optional.empty();
        }
        if (available < allowed) {
            return Optional.of(new Cut(product, wanted, after, Math.max(0, available), Reason.NOT_ENOUGH));
        }
        return Optional.of(
                unitCap < Carts.LARGEST_QUANTITY
                        ? new Cut(product, wanted, after, unitCap, Reason.OVER_UNIT_CAP)
                        : new Cut(product, wanted, after, 0, Reason.TOO_MANY));
    }

    private CartOutcome remove(Contents contents, Remove request) {
        Cart.Item line = contents.items.get(request.lineId());
        if (line == null) {
            return new NoSuchLine();
        }
        drop(contents, request.caller(), line);
        return changed(contents);
    }

    private void drop(Contents contents, Caller caller, Cart.Item line) {
        contents.items.remove(line.id());
        audit.add(new AuditRow(
                caller,
                "remove",
                line.product().id(),
                line.product().name(),
                line.quantity(),
                0,
                line.priceAtAddition()));
    }

    private CartOutcome clear(Contents contents, Clear request) {
        if (!contents.items.isEmpty()) {
            contents.items.clear();
            audit.add(new AuditRow(request.caller(), "clear", null, "", null, 0, null));
        }
        return changed(contents);
    }

    /** The free units, the units of expired holds, and those of this buyer's own hold. */
    private int available(Caller caller, Offer offer) {
        return offer.figures()
                .freeWithout(offer.overdue()
                        + state.held()
                                .getOrDefault(
                                        new HeldBy(
                                                caller.userId(), offer.product().id()),
                                        0));
    }

    private CartOutcome changed(Contents contents) {
        contents.touched = true;
        contents.updatedAt = now;
        return new Changed(view(contents));
    }

    private static Cart view(Contents contents) {
        return new Cart(
                contents.cart.id(),
                List.copyOf(contents.items.values()),
                contents.cart.createdAt(),
                contents.updatedAt);
    }
}
