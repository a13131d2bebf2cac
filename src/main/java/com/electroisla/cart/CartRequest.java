package com.electroisla.cart;

import com.electroisla.groupcommit.UserRequest;
import org.jspecify.annotations.Nullable;

/** What a buyer can do with the own cart. */
public sealed interface CartRequest extends UserRequest {

    /** @param address the caller's, with the program's name for the audit trail */
    record Caller(int userId, @Nullable String address, String userAgent) {}

    Caller caller();

    @Override
    default int userId() {
        return caller().userId();
    }

    /** Counts against the hourly limit, as every request of its address does. */
    sealed interface Limited extends CartRequest {}

    /** Adds to what is there already. */
    record Add(Caller caller, long productId, int quantity) implements Limited {}

    /** A request to add that makes no sense; it counts against the limit and does nothing. */
    record AddNothing(Caller caller) implements Limited {}

    record ChangeQuantity(Caller caller, long lineId, int quantity) implements CartRequest {}

    record Remove(Caller caller, long lineId) implements CartRequest {}

    record Clear(Caller caller) implements CartRequest {}

    /** Looks; makes the cart when it is missing. */
    record View(Caller caller) implements CartRequest {}
}
