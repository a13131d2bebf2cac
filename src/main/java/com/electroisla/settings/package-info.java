/**
 * The operator's settings: read once from flags, the environment, {@code .env} and defaults, checked, and then fixed.
 *
 * <p>{@link com.electroisla.settings.Setting} is the one list, from which the reference page and every command's help
 * are made. The package uses no other. A wrong value must never be replaced by a default in silence, and the value of
 * {@code DATABASE_URL} must never reach a message: it may contain a password.
 */
@NullMarked
package com.electroisla.settings;

import org.jspecify.annotations.NullMarked;
