package com.electroisla.bench.http;

import com.electroisla.accounts.TestTokens;
import com.electroisla.bench.shop.BenchShop;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * The access tokens of the buyers over HTTP, signed with a published key instead of a login each, and renewed before
 * they expire. The server has verified each once before anything is measured, as it has verified a real buyer's by the
 * time of a checkout; so at most half as many buyers take part as it caches tokens.
 */
final class Tokens {
    /** A token lives 15 minutes; a round of three ways has to end in the rest of that time. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(8);

    private final TestTokens mint;
    private final int buyers;
    private String[] made = new String[0];
    private long madeAt;

    Tokens(BenchShop shop, int buyers) {
        this.mint = new TestTokens(shop.patient(), shop.home());
        this.buyers = buyers;
    }

    boolean areStale() {
        return made.length == 0 || System.nanoTime() - madeAt > GOOD_FOR.toNanos();
    }

    /** Renews all tokens. */
    void make() {
        madeAt = System.nanoTime();
        made = IntStream.rangeClosed(1, buyers).parallel().mapToObj(mint::of).toArray(String[]::new);
    }

    /** The tokens of the buyers from {@code first} to {@code last}. */
    String[] of(int first, int last) {
        return java.util.Arrays.copyOfRange(made, first - 1, last);
    }
}
