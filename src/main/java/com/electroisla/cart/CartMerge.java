package com.electroisla.cart;

import com.electroisla.cart.CartDecision.CartState;
import com.electroisla.cart.CartRequest.Caller;
import com.electroisla.cart.CartRequest.SetQuantities;
import com.electroisla.database.Script;
import com.electroisla.groupcommit.LockedCart;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Takes the lines of one cart into another: quantities add up, as far as {@link CartDecision} lets them.
 *
 * <p>Invariant: both carts are locked, and the first is empty afterwards, so that nothing is added twice.
 */
final class CartMerge {
    private CartMerge() {}

    static Carts.Merged merge(Handle handle, LockedCart from, LockedCart into, Caller caller, Instant now) {
        Map<Long, List<Cart.Item>> lines = CartSql.linesOf(handle, List.of(from.userId(), into.userId()));
        List<Cart.Item> brought = lines.getOrDefault(from.id(), List.of());
        if (brought.isEmpty()) {
            return new Carts.Merged(List.of(), List.of());
        }
        Map<Long, Integer> present = lines.getOrDefault(into.id(), List.of()).stream()
                .collect(Collectors.toMap(item -> item.product().id(), Cart.Item::quantity));
        Map<Long, Integer> wanted = new LinkedHashMap<>();
        Map<Long, String> names = new LinkedHashMap<>();
        for (Cart.Item item : brought) {
            long product = item.product().id();
            wanted.put(product, present.getOrDefault(product, 0) + item.quantity());
            names.put(product, item.product().name());
        }
        CartSql.Look look = CartSql.look(handle, List.of(into.userId()), wanted.keySet(), wanted.size(), now);
        var decision = new CartDecision(
                new CartState(
                        Map.of(into.userId(), into),
                        Map.of(into.id(), lines.getOrDefault(into.id(), List.of())),
                        look.offers(),
                        look.held(),
                        look.newLineIds()),
                now);
        var set = (CartOutcome.QuantitiesSet) decision.decide(new SetQuantities(caller, wanted), Optional.empty());
        var writes = new Script();
        CartSql.write(writes, decision.touchedCarts(), now);
        CartSql.audit(writes, decision.audit(), now);
        CartSql.empty(writes, from, now);
        writes.run(handle);
        set.cut().forEach(cut -> names.remove(cut.productId()));
        return new Carts.Merged(
                List.copyOf(names.values()),
                brought.stream()
                        .map(Cart.Item::product)
                        .filter(product -> !names.containsKey(product.id()))
                        .map(Cart.ItemProduct::name)
                        .toList());
    }
}
