package com.electroisla.bench.report;

import com.electroisla.bench.shop.Measured;
import com.electroisla.bench.shop.Scenario;
import java.util.List;

/** One line of the table: a way at one scenario and crowd, over all its rounds. */
public record Figure(String letter, Scenario scenario, int atOnce, List<Measured> rounds) {
    public Measured median() {
        return Measured.median(rounds);
    }

    public boolean isAbout(String otherLetter, Scenario otherScenario, int others) {
        return letter.equals(otherLetter) && scenario.equals(otherScenario) && atOnce == others;
    }
}
