package com.electroisla.drill;

/** One act of a buyer and how it ended; an {@link Ending.Unknown} is the last step of its account. */
record Step(Act act, Ending ending) {}
