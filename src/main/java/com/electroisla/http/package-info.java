/**
 * The API's answers without any framework: complete answers, refusals with their codes and texts, strict JSON.
 *
 * <p>Answers, JSON and languages are for the edges, which put outcomes into words; what a listing is asked for may be
 * read by every feature. It uses none of them. Bodies must never carry a stack trace, SQL or a class name.
 */
@NullMarked
package com.electroisla.http;

import org.jspecify.annotations.NullMarked;
