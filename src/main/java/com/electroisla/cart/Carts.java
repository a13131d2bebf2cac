package com.electroisla.cart;

import com.electroisla.cart.CartOutcome.CartFull;
import com.electroisla.cart.CartOutcome.Changed;
import com.electroisla.cart.CartOutcome.NoSuchLine;
import com.electroisla.cart.CartOutcome.NoSuchProduct;
import com.electroisla.cart.CartOutcome.NotEnough;
import com.electroisla.cart.CartSql.Line;
import com.electroisla.cart.CartSql.Offer;
import java.util.Optional;

/**
 * What a buyer does with a cart. Every change runs inside a {@link CartTransaction}, which holds the cart's lock. The
 * stock check here is a courtesy: a cart reserves nothing, checkout decides.
 */
public final class Carts {
    /** The most different products in one cart. */
    public static final int MOST_LINES = 100;

    public Cart view(CartChange change) {
        return CartSql.read(change.handle(), change.cartId());
    }

    /** Adds to what is there already; the check is on the resulting quantity. */
    public CartOutcome add(CartChange change, long productId, int quantity) {
        Optional<Offer> offer = CartSql.offer(change, productId).filter(Offer::active);
        if (offer.isEmpty()) {
            return new NoSuchProduct();
        }
        Optional<Line> line = CartSql.lineOfProduct(change, productId);
        int before = line.map(Line::quantity).orElse(0);
        long wanted = (long) before + quantity;
        if (wanted > offer.get().available()) {
            return new NotEnough(offer.get().available(), quantity);
        }
        if (line.isEmpty() && CartSql.lineCount(change) >= MOST_LINES) {
            return new CartFull();
        }
        CartSql.put(change, productId, (int) wanted, offer.get().price());
        CartSql.audit(change, "add", productId, offer.get().name(), before, (int) wanted, offer.get().price());
        return changed(change);
    }

    public CartOutcome changeQuantity(CartChange change, long lineId, int quantity) {
        Optional<Line> line = CartSql.line(change, lineId);
        if (line.isEmpty()) {
            return new NoSuchLine();
        }
        Offer offer = CartSql.offer(change, line.get().productId()).orElseThrow();
        int available = offer.active() ? offer.available() : 0;
        if (quantity > available) {
            return new NotEnough(available, quantity);
        }
        CartSql.setQuantity(change, lineId, quantity);
        CartSql.audit(change, "update", offer.productId(), offer.name(), line.get().quantity(), quantity, line.get().price());
        return changed(change);
    }

    public CartOutcome remove(CartChange change, long lineId) {
        Optional<Line> line = CartSql.line(change, lineId);
        if (line.isEmpty()) {
            return new NoSuchLine();
        }
        CartSql.deleteLine(change, lineId);
        CartSql.audit(change, "remove", line.get().productId(), line.get().productName(), line.get().quantity(), 0, line.get().price());
        return changed(change);
    }

    public CartOutcome clear(CartChange change) {
        int lines = CartSql.deleteLines(change);
        if (lines > 0) {
            CartSql.audit(change, "clear", null, "", null, 0, null);
        }
        return changed(change);
    }

    private CartOutcome changed(CartChange change) {
        CartSql.touch(change);
        return new Changed(view(change));
    }
}
