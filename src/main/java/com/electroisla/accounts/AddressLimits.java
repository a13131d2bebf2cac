package com.electroisla.accounts;

import com.electroisla.limits.LimitResult;
import com.electroisla.limits.LimitResult.Allowed;
import com.electroisla.limits.LimitResult.Exceeded;
import com.electroisla.limits.Limits;
import com.electroisla.settings.RateLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One limit for addresses. An IPv4 address counts by itself. A household has an IPv6 /64, many providers give a /56,
 * and some give anyone a /48 who asks for it; each contains more smaller networks than can be counted. So all three
 * count: a /56 has the limit of four /64s, a /48 the limit of sixteen.
 *
 * <p>The widest is counted first: addresses that share a narrow network share the wider ones too, so two transactions
 * meet at the first row that they share and cannot deadlock.
 */
final class AddressLimits {
    private static final int OF_A_56 = 4;
    private static final int OF_A_48 = 16;

    private final Limits narrow;
    private final Limits middle;
    private final Limits wide;

    AddressLimits(String purpose, Optional<RateLimit> rule) {
        this.narrow = new Limits(purpose, rule);
        this.middle = new Limits(purpose, rule.map(each -> times(each, OF_A_56)));
        this.wide = new Limits(purpose, rule.map(each -> times(each, OF_A_48)));
    }

    private static RateLimit times(RateLimit rule, int factor) {
        return new RateLimit(Math.clamp((long) rule.count() * factor, 1, Integer.MAX_VALUE), rule.window());
    }

    boolean isOn() {
        return narrow.isOn();
    }

    /** Whether the address is within its limit. */
    sealed interface Count {
        /** @param counted the counts in each of its networks */
        record Within(List<Allowed> counted) implements Count {}

        /** Over one limit, and counted in none. */
        record Over(Exceeded limit) implements Count {}
    }

    Count count(Handle handle, Client client, Instant now) {
        List<Allowed> counted = new ArrayList<>();
        for (Level level : levels(client)) {
            LimitResult result = level.limits().count(handle, level.subject(), now);
            switch (result) {
                case Allowed allowed -> counted.add(allowed);
                case Exceeded exceeded -> {
                    giveBack(handle, counted);
                    return new Count.Over(exceeded);
                }
            }
        }
        return new Count.Within(counted);
    }

    void giveBack(Handle handle, List<Allowed> counted) {
        counted.forEach(each -> narrow.giveBack(handle, each));
    }

    private record Level(Limits limits, String subject) {}

    private List<Level> levels(Client client) {
        var own = new Level(narrow, client.limitSubject());
        return client.widerNetworks()
                .map(networks -> List.of(new Level(wide, networks.of48()), new Level(middle, networks.of56()), own))
                .orElse(List.of(own));
    }
}
