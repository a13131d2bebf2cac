package com.electroisla.drill;

import java.math.BigDecimal;

/**
 * A charge that the drill told a server of, in the provider's name.
 *
 * @param heard whether a server said that it has heard it; otherwise it may have, or not
 * @param wrong whether another sum was asked for
 */
record ToldCharge(String name, long payment, BigDecimal amount, boolean heard, boolean wrong) {}
