package com.electroisla.database.takeover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.electroisla.database.migration.Break;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DataRuleTest {
    @Test
    void every_rule_has_a_way_to_break_a_database_that_is_tried() {
        Set<String> untried = Arrays.stream(DataRule.values())
                .map(rule -> rule.finding)
                .collect(Collectors.toCollection(TreeSet::new));
        Arrays.stream(Break.values()).map(Break::finding).forEach(untried::remove);
        assertEquals(Set.of(), untried);
    }
}
