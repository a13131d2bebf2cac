/**
 * The API's answers without any framework: complete answers, refusals with their codes and texts, strict JSON.
 *
 * <p>Every feature may use this package; it uses no feature. Bodies must never carry a stack trace, SQL or a class
 * name.
 */
@NullMarked
package com.electroisla.http;

import org.jspecify.annotations.NullMarked;
