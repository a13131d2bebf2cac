package com.electroisla.bench.engine;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The pure decision code under JMH, in a JVM of its own. */
public final class DecisionTimes {
    private DecisionTimes() {}

    public static String table(Consumer<String> progress) throws RunnerException {
        progress.accept("JMH: decidir un lote...");
        var options = new OptionsBuilder()
                .include("com\\.electroisla\\.reservation\\.DecisionBenchmark\\..*")
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build();
        return table(new Runner(options).run());
    }

    private static String table(Collection<RunResult> results) {
        StringBuilder text = new StringBuilder("| checkouts in the batch | products | µs a batch | ± | µs a "
                + "checkout |\n| ---: | ---: | ---: | ---: | ---: |\n");
        for (RunResult result : results) {
            int batch = Integer.parseInt(result.getParams().getParam("batch"));
            double micros = result.getPrimaryResult().getScore() / 1e3;
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %,d | %.2f | %.2f | %.3f |%n",
                    batch,
                    Integer.parseInt(result.getParams().getParam("products")),
                    micros,
                    result.getPrimaryResult().getScoreError() / 1e3,
                    micros / batch));
        }
        return text.toString();
    }
}
