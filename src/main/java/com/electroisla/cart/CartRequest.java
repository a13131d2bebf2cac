package com.electroisla.cart;

import com.electroisla.groupcommit.UserRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A buyer's request to the own cart. */
public sealed interface CartRequest extends UserRequest {

    /** @param address the caller's address, for the audit log, as is the browser */
    record Caller(int userId, @Nullable String address, String userAgent) {}

    Caller caller();

    @Override
    default int userId() {
        return caller().userId();
    }

    /** A request that counts against the hourly limit, as every request to its address does. */
    sealed interface Limited extends CartRequest {}

    /** Adds units to the cart. */
    record Add(Caller caller, long productId, int quantity) implements Limited {}

    /** An invalid request to add; it counts against the limit and does nothing. */
    record AddNothing(Caller caller) implements Limited {}

    record ChangeQuantity(Caller caller, long lineId, int quantity) implements CartRequest {}

    /**
     * Sets the quantities of products, whether there is a line for them or not; what does not fit is cut.
     *
     * @param quantities by product's id; 0 removes the line
     */
    record SetQuantities(Caller caller, Map<Long, Integer> quantities) implements CartRequest {
        /** The most products that one request can name: as many lines to remove as to add. */
        public static final int MOST = 2 * Carts.MOST_LINES;

        public SetQuantities {
            quantities = Collections.unmodifiableMap(new LinkedHashMap<>(quantities));
            if (quantities.size() > MOST || quantities.values().stream().anyMatch(each -> each < 0)) {
                throw new IllegalArgumentException("quantities");
            }
        }

        /** The products that may get a new line. */
        List<Long> wanted() {
            return quantities.entrySet().stream()
                    .filter(each -> each.getValue() > 0)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    record Remove(Caller caller, long lineId) implements CartRequest {}

    record Clear(Caller caller) implements CartRequest {}

    /** Reads the cart; makes it when it is missing. */
    record View(Caller caller) implements CartRequest {}
}
