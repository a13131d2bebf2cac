package com.electroisla.command;

import com.electroisla.wiring.Shop;

/** The part of the shop that a command works with; named where the commands are listed, asked for when it runs. */
@FunctionalInterface
public interface Part<T> {
    T of(Shop shop);
}
