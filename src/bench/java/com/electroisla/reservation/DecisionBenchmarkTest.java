package com.electroisla.reservation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionBenchmarkTest {
    @ParameterizedTest
    @CsvSource({"1,1", "512,1", "512,10000"})
    void what_is_measured_is_checkouts_that_succeed_time_and_again(int batch, int products) {
        var benchmark = new DecisionBenchmark();
        benchmark.batch = batch;
        benchmark.products = products;
        benchmark.fill();

        benchmark.decide();

        assertTrue(benchmark.servesEverybody());
    }
}
