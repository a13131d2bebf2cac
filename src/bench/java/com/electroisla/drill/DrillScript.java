package com.electroisla.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The times and victims of the kills: drawn from the seed, so that a drill can be repeated as far as threads and disks
 * allow.
 */
record DrillScript(List<Strike> strikes) {
    /** The number that stands for the database. */
    static final int DATABASE = -1;

    private static final int ONE_IN_SO_MANY_TOGETHER = 4;

    /**
     * One moment of kills.
     *
     * @param at since the drill began
     * @param victims numbers of servers, or {@link #DATABASE}; several are killed together
     * @param afterProgress whether buyers must have made progress since the one before; otherwise it may hit a
     *     recovery
     */
    record Strike(Duration at, List<Integer> victims, boolean afterProgress) {}

    static DrillScript of(long seed, Duration length, int serverKills, int databaseKills, int servers) {
        Random random = new Random(seed);
        List<List<Integer>> victims = new ArrayList<>();
        int together = Math.ceilDiv(Math.min(serverKills, databaseKills), ONE_IN_SO_MANY_TOGETHER);
        for (int i = 0; i < serverKills; i++) {
            int server = random.nextInt(servers);
            victims.add(i < together ? List.of(server, DATABASE) : List.of(server));
        }
        for (int i = together; i < databaseKills; i++) {
            victims.add(List.of(DATABASE));
        }
        Collections.shuffle(victims, random);
        List<Duration> moments = new ArrayList<>();
        for (int i = 0; i < victims.size(); i++) {
            moments.add(Duration.ofNanos((long) (random.nextDouble() * length.toNanos())));
        }
        moments.sort(null);
        List<Strike> strikes = new ArrayList<>();
        for (int i = 0; i < victims.size(); i++) {
            strikes.add(new Strike(moments.get(i), victims.get(i), i == 0 || random.nextBoolean()));
        }
        return new DrillScript(strikes);
    }
}
