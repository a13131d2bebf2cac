package com.electroisla.admin;

import java.util.ArrayList;
import java.util.List;

/**
 * Units reserved, sold and released, for each hour, as the rectangles of a drawing. All text in the drawing is in the
 * table beside it too.
 *
 * @param bars from left to right
 * @param hours the labels below and the figures for the table
 * @param lines horizontal lines with their figure
 */
public record HourlyChart(List<Bar> bars, List<Hour> hours, List<Line> lines) {
    public static final int WIDTH = 720;
    public static final int HEIGHT = 220;
    private static final int LEFT = 44;
    private static final int TOP = 12;
    private static final int BOTTOM = 24;
    private static final int LINES = 4;

    /** @param kind the class of the stylesheet for its colour */
    public record Bar(int x, int y, int width, int height, String kind) {}

    /** @param middle the position of its label */
    public record Hour(String label, long reserved, long sold, long released, int middle) {}

    public record Line(int y, long value) {}

    /** The units of one hour. */
    public record Counts(String label, long reserved, long sold, long released) {}

    public static HourlyChart of(List<Counts> counts) {
        long most = counts.stream()
                .mapToLong(each -> Math.max(each.reserved(), Math.max(each.sold(), each.released())))
                .max()
                .orElse(0);
        long top = roundUp(most);
        int height = HEIGHT - TOP - BOTTOM;
        int slot = (WIDTH - LEFT) / Math.max(1, counts.size());
        int width = Math.max(2, slot / 4);
        List<Bar> bars = new ArrayList<>();
        List<Hour> hours = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            Counts hour = counts.get(i);
            int x = LEFT + i * slot + slot / 8;
            bars.add(bar(x, width, height, hour.reserved(), top, "v-reservado"));
            bars.add(bar(x + width, width, height, hour.sold(), top, "v-vendido"));
            bars.add(bar(x + 2 * width, width, height, hour.released(), top, "v-liberado"));
            hours.add(new Hour(hour.label(), hour.reserved(), hour.sold(), hour.released(), x + 3 * width / 2));
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i <= LINES; i++) {
            lines.add(new Line(TOP + height - height * i / LINES, top * i / LINES));
        }
        return new HourlyChart(bars, hours, lines);
    }

    public int width() {
        return WIDTH;
    }

    public int height() {
        return HEIGHT;
    }

    private static Bar bar(int x, int width, int height, long value, long top, String kind) {
        int tall = (int) (height * value / top);
        int shown = value > 0 ? Math.max(tall, 2) : 0;
        return new Bar(x, TOP + height - shown, width - 1, shown, kind);
    }

    /** The next of 4, 8, 20, 40, 80, 200 ..., so that the lines are at whole numbers. */
    static long roundUp(long most) {
        long step = 1;
        while (true) {
            for (long factor : new long[] {4, 8, 20}) {
                if (most <= factor * step) {
                    return factor * step;
                }
            }
            step *= 10;
        }
    }
}
