package com.electroisla.cart;

import com.electroisla.groupcommit.UserRequest;
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

    record Remove(Caller caller, long lineId) implements CartRequest {}

    record Clear(Caller caller) implements CartRequest {}

    /** Reads the cart; makes it when it is missing. */
    record View(Caller caller) implements CartRequest {}
}
