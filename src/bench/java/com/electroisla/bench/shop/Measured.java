package com.electroisla.bench.shop;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The result of one round of one way.
 *
 * @param served the number of successful buyers
 * @param seconds from the first buyer's start to the last one's answer
 * @param p50Millis the median of the buyers' waits
 * @param p99Millis the 99th percentile of the waits
 */
public record Measured(long served, double seconds, double p50Millis, double p99Millis) {

    public static Measured of(long nanos, long[] sortedWaits) {
        return new Measured(sortedWaits.length, nanos / 1e9, percentile(sortedWaits, 50), percentile(sortedWaits, 99));
    }

    private static double percentile(long[] sorted, int percent) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1, (long) sorted.length * percent / 100)] / 1e6;
    }

    /** Buyers a second. */
    public double rate() {
        return served / seconds;
    }

    /** Each figure's own median over the rounds. */
    public static Measured median(List<Measured> rounds) {
        double rate = median(rounds, Measured::rate);
        long served = rounds.stream().mapToLong(Measured::served).sum();
        return new Measured(
                served, served / rate, median(rounds, Measured::p50Millis), median(rounds, Measured::p99Millis));
    }

    /** The difference of the fastest and the slowest round, as a share of the median: the noise of the machine. */
    public static double spread(List<Measured> rounds) {
        List<Measured> sorted = rounds.stream()
                .sorted(Comparator.comparingDouble(Measured::rate))
                .toList();
        return (sorted.getLast().rate() - sorted.getFirst().rate()) / median(rounds, Measured::rate);
    }

    public static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static long[] sorted(List<long[]> parts) {
        long[] all = parts.stream().flatMapToLong(Arrays::stream).toArray();
        Arrays.sort(all);
        return all;
    }
}
