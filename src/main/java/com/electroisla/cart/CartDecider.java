package com.electroisla.cart;

import com.electroisla.cart.CartDecision.CartState;
import com.electroisla.cart.CartRequest.Add;
import com.electroisla.cart.CartRequest.ChangeQuantity;
import com.electroisla.cart.CartRequest.Limited;
import com.electroisla.database.DatabaseClock;
import com.electroisla.groupcommit.Decider;
import com.electroisla.groupcommit.LockedCart;
import com.electroisla.limits.LimitResult;
import com.electroisla.limits.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The carts' part of a batch: read, count, let {@link CartDecision} decide, write. Products are looked at without a lock. */
final class CartDecider implements Decider<CartRequest, CartOutcome> {
    private final DatabaseClock clock;
    private final Limits addLimit;

    CartDecider(DatabaseClock clock, Limits addLimit) {
        this.clock = clock;
        this.addLimit = addLimit;
    }

    @Override
    public Locked<CartRequest, CartOutcome> lock(Handle handle, Map<Integer, LockedCart> carts) {
        Instant now = clock.now(handle);
        return new Locked<>(now, requests -> {
            Iterator<LimitResult> limits = count(handle, requests, carts, now).iterator();
            var decision = new CartDecision(read(handle, requests, carts, now), now);
            List<CartOutcome> outcomes = new ArrayList<>(requests.size());
            for (CartRequest request : requests) {
                boolean counted = request instanceof Limited && carts.containsKey(request.userId());
                outcomes.add(decision.decide(request, counted ? Optional.of(limits.next()) : Optional.empty()));
            }
            CartSql.write(handle, decision.touchedCarts(), now);
            CartSql.audit(handle, decision.audit(), now);
            return outcomes;
        });
    }

    private List<LimitResult> count(Handle handle, List<CartRequest> requests, Map<Integer, LockedCart> carts, Instant now) {
        List<String> subjects = requests.stream()
                .filter(request -> request instanceof Limited && carts.containsKey(request.userId()))
                .map(request -> Integer.toString(request.userId()))
                .toList();
        return addLimit.countAll(handle, subjects, now);
    }

    private static CartState read(Handle handle, List<CartRequest> requests, Map<Integer, LockedCart> carts, Instant now) {
        Map<Long, List<Cart.Item>> lines = CartSql.lines(handle, carts.values().stream().map(LockedCart::id).toList());
        Set<Long> named = new TreeSet<>();
        Set<Long> changedLines = new HashSet<>();
        int adds = 0;
        for (CartRequest request : requests) {
            if (request instanceof Add add) {
                named.add(add.productId());
                adds++;
            } else if (request instanceof ChangeQuantity change) {
                changedLines.add(change.lineId());
            }
        }
        lines.values().forEach(items -> items.stream().filter(item -> changedLines.contains(item.id())).forEach(item -> named.add(item.product().id())));
        if (named.isEmpty()) {
            return new CartState(carts, lines, Map.of(), Map.of(), List.of());
        }
        return new CartState(carts, lines, CartSql.offers(handle, named, now), CartSql.held(handle, carts.keySet(), named, now),
                CartSql.drawLineIds(handle, adds));
    }
}
