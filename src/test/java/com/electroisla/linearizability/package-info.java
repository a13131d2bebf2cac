/**
 * Whether a history of concurrent operations could have happened one after another: a checker, a sequential model of one
 * product, and the shop's own history held against it. The checker knows nothing of the shop, and must never be given the
 * benefit of a doubt: {@code LinearizabilityTest} shows that it says no.
 */
@NullMarked
package com.electroisla.linearizability;

import org.jspecify.annotations.NullMarked;
