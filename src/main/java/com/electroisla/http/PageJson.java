package com.electroisla.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a listing as the old shop's clients know it. {@code next} and {@code previous} are whole addresses, or null. */
public record PageJson<T>(long count, @Nullable String next, @Nullable String previous, List<T> results) {}
