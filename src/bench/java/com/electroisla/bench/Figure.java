package com.electroisla.bench;

import java.util.List;

/** One line of the table: a way at one scenario and crowd, over all its rounds. */
record Figure(String letter, Scenario scenario, int atOnce, List<Measured> rounds) {
    Measured median() {
        return Measured.median(rounds);
    }

    boolean isAbout(String otherLetter, Scenario otherScenario, int others) {
        return letter.equals(otherLetter) && scenario.equals(otherScenario) && atOnce == others;
    }
}
