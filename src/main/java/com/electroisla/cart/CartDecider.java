package com.electroisla.cart;

import com.electroisla.cart.CartDecision.CartState;
import com.electroisla.cart.CartRequest.Add;
import com.electroisla.cart.CartRequest.ChangeQuantity;
import com.electroisla.cart.CartRequest.Limited;
import com.electroisla.cart.CartRequest.SetQuantities;
import com.electroisla.database.DatabaseClock;
import com.electroisla.groupcommit.Blocked;
import com.electroisla.groupcommit.Decider;
import com.electroisla.groupcommit.LockedCart;
import com.electroisla.groupcommit.Opening;
import com.electroisla.groupcommit.Stage;
import com.electroisla.limits.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The carts' part of a batch: reads, counts, lets {@link CartDecision} decide and adds the writes. Products are read
 * without a lock.
 */
final class CartDecider implements Decider<CartRequest, CartOutcome> {
    private final DatabaseClock clock;
    private final Limits addLimit;
    private final int unitCap;

    CartDecider(DatabaseClock clock, Limits addLimit, int unitCap) {
        this.clock = clock;
        this.addLimit = addLimit;
        this.unitCap = unitCap;
    }

    @Override
    public Locked<CartRequest, CartOutcome> lock(Handle handle, Opening opening, List<CartRequest> requests) {
        leaveOut(opening, requests);
        var counting = addLimit.counting(requests.stream()
                .filter(request -> request instanceof Limited && opening.serves(request.userId()))
                .map(CartDecider::subject)
                .toList());
        Map<Long, List<Cart.Item>> lines = CartSql.open(handle, opening, counting);
        Instant now = clock.at(opening.databaseTime());
        return new Locked<>(now, (toDecide, writes) -> {
            var decision = new CartDecision(look(handle, toDecide, opening.carts(), lines, now), now, unitCap);
            List<CartOutcome> outcomes = new ArrayList<>(toDecide.size());
            for (CartRequest request : toDecide) {
                boolean counted = request instanceof Limited && opening.carts().containsKey(request.userId());
                outcomes.add(decision.decide(
                        request, counted ? Optional.of(counting.count(subject(request), now)) : Optional.empty()));
            }
            counting.save(writes);
            CartSql.write(writes, decision.touchedCarts(), now);
            CartSql.audit(writes, decision.audit(), now);
            return outcomes;
        });
    }

    private static void leaveOut(Opening opening, List<CartRequest> requests) {
        for (CartRequest request : requests) {
            named(request).stream()
                    .filter(opening.avoided()::contains)
                    .forEach(product -> opening.leaveOut(request.userId(), product));
        }
    }

    /** A new line has a foreign key to its product, whose row PostgreSQL locks for that. */
    @Override
    public Map<Integer, Set<Long>> products(Handle handle, List<CartRequest> requests) {
        Map<Integer, Set<Long>> products = new HashMap<>();
        for (CartRequest request : requests) {
            List<Long> named = named(request);
            if (!named.isEmpty()) {
                products.computeIfAbsent(request.userId(), user -> new HashSet<>())
                        .addAll(named);
            }
        }
        return products;
    }

    /** The products that may get a new line. */
    private static List<Long> named(CartRequest request) {
        return switch (request) {
            case Add add -> List.of(add.productId());
            case SetQuantities set -> set.wanted();
            default -> List.of();
        };
    }

    @Override
    public Blocked blocked(Handle handle, Stage stage, Collection<Integer> users, Set<Long> products) {
        return switch (stage) {
            case LOCKING -> new Blocked(lockedWindows(handle, users), Set.of());
            case DECIDING -> Blocked.NOBODY;
            case WRITING -> new Blocked(Set.of(), CartSql.lockedProducts(handle, products));
        };
    }

    private Set<Integer> lockedWindows(Handle handle, Collection<Integer> users) {
        return addLimit
                .locked(
                        handle,
                        users.stream().map(user -> Integer.toString(user)).toList())
                .stream()
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }

    @Override
    public void awaitProduct(Handle handle, long product, Duration longest) {
        throw new UnsupportedOperationException("carts are decided without a lock on products");
    }

    private static String subject(CartRequest request) {
        return Integer.toString(request.userId());
    }

    private static CartState look(
            Handle handle,
            List<CartRequest> requests,
            Map<Integer, LockedCart> carts,
            Map<Long, List<Cart.Item>> lines,
            Instant now) {
        Set<Long> named = new TreeSet<>();
        Set<Long> changedLines = new HashSet<>();
        int adds = 0;
        for (CartRequest request : requests) {
            if (request instanceof Add add) {
                named.add(add.productId());
                adds++;
            } else if (request instanceof ChangeQuantity change) {
                changedLines.add(change.lineId());
            } else if (request instanceof SetQuantities set) {
                named.addAll(set.wanted());
                adds += set.wanted().size();
            }
        }
        lines.values()
                .forEach(items -> items.stream()
                        .filter(item -> changedLines.contains(item.id()))
                        .forEach(item -> named.add(item.product().id())));
        if (named.isEmpty()) {
            return new CartState(carts, lines, Map.of(), Map.of(), List.of());
        }
        CartSql.Look look = CartSql.look(handle, carts.keySet(), named, adds, now);
        return new CartState(carts, lines, look.offers(), look.held(), look.newLineIds());
    }
}
