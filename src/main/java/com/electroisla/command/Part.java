package com.electroisla.command;

import com.electroisla.wiring.Shop;

/** The part of the shop that a command works with: named in the list of commands, requested when the command runs. */
@FunctionalInterface
public interface Part<T> {
    T of(Shop shop);
}
