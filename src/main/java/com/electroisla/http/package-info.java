/**
 * The API's answers without any framework: complete answers, refusals with their codes and texts, strict JSON.
 *
 * <p>Answers, JSON and languages are for the edges, which turn outcomes into answers; every feature may use the
 * classes for the parameters of a listing. This package uses no feature. Bodies must never carry a stack trace, SQL or
 * a class name.
 */
@NullMarked
package com.electroisla.http;

import org.jspecify.annotations.NullMarked;
