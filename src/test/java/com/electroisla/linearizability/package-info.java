/**
 * Whether a history of concurrent operations could have happened one after another: a checker, a sequential model of
 * one product, and the shop's own history compared with it. The checker knows nothing of the shop, and must never be
 * trusted unproved: {@code LinearizabilityTest} shows that it refuses wrong histories.
 */
@NullMarked
package com.electroisla.linearizability;

import org.jspecify.annotations.NullMarked;
