package com.electroisla.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a listing in the old shop's format. {@code next} and {@code previous} are whole addresses, or null. */
public record PageJson<T>(
        long count, @Nullable String next, @Nullable String previous, List<T> results) {}
