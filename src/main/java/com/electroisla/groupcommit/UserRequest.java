package com.electroisla.groupcommit;

/** A request that concerns one user's own cart, holds and orders. */
public interface UserRequest {
    int userId();
}
