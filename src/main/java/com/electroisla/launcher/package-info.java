/**
 * The parts of {@code ./manage} beyond a few lines of shell: building into a new folder, training the AOT caches,
 * running the tests.
 *
 * <p>{@code manage} runs these classes from their source files, before anything is built. So they use the JDK alone
 * and plain constants of the shop, and no other package may call them. A build in use must never be written to, and a
 * training run never use the operator's database or home.
 */
@NullMarked
package com.electroisla.launcher;

import org.jspecify.annotations.NullMarked;
