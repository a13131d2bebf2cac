package com.electroisla.admin;

import com.electroisla.order.ReturnLines;
import com.electroisla.order.ReturnLines.Chosen;
import com.electroisla.order.ReturnLines.Offer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form that takes lines of an order back: first what and how many, then the amount.
 *
 * @param problem why the form was not accepted, or empty
 * @param proposal the second step; null in the first
 */
public record ReturnView(
        List<Line> lines,
        Typed typed,
        String problem,
        @Nullable Proposal proposal) {

    /** @param left units that can come back */
    public record Line(int index, String product, int left, String units, boolean scrap) {}

    /**
     * The fields as they were typed.
     *
     * @param units by line
     * @param scrap the lines that are written off
     */
    public record Typed(Map<Integer, String> units, List<Integer> scrap, String reason) {
        public static final Typed NOTHING = new Typed(Map.of(), List.of(), "");
    }

    /**
     * The chosen units, and what would be owed for them.
     *
     * @param price the most
     * @param amount as typed
     */
    public record Proposal(List<Line> chosen, BigDecimal price, String amount) {}

    /** The first step. */
    public static ReturnView asking(Offer offer, Typed typed, String problem) {
        return new ReturnView(lines(offer, typed), typed, problem, null);
    }

    /** The second step. */
    public static ReturnView proposing(
            Offer offer, Typed typed, List<Chosen> chosen, BigDecimal price, String amount, String problem) {
        List<Line> all = lines(offer, typed);
        List<Line> theirs = all.stream()
                .filter(line -> chosen.stream().anyMatch(each -> each.line() == line.index()))
                .toList();
        return new ReturnView(all, typed, problem, new Proposal(theirs, price, amount));
    }

    private static List<Line> lines(Offer offer, Typed typed) {
        return offer.lines().stream()
                .filter(each -> each.left() > 0
                        || !typed.units().getOrDefault(each.line(), "").isEmpty())
                .map(each -> new Line(
                        each.line(),
                        each.its().product(),
                        each.left(),
                        typed.units().getOrDefault(each.line(), ""),
                        typed.scrap().contains(each.line())))
                .toList();
    }

    /** The longest reason. */
    public int longestReason() {
        return ReturnLines.LONGEST_REASON;
    }
}
