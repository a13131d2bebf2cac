/**
 * The language of the API, free of any framework: finished answers, refusals with their codes and words, strict JSON.
 *
 * <p>Every feature may use it; it uses none. Bodies must never carry a stack trace, SQL or a class name.
 */
@NullMarked
package com.electroisla.http;

import org.jspecify.annotations.NullMarked;
