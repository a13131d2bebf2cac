/**
 * What {@code ./manage} needs beyond a few lines of shell: building into a new folder, training the AOT caches, running
 * the tests.
 *
 * <p>{@code manage} runs these classes from their source files, before anything is built. So they use the JDK alone and
 * nothing of the shop but plain constants, and no other package may call them. They must never write into the folder
 * of a build that is in use, nor let a training run meet the operator's database or home.
 */
@NullMarked
package com.electroisla.launcher;

import org.jspecify.annotations.NullMarked;
