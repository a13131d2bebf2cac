package com.electroisla.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeInWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PT40S | 40 segundos | 40 seconds",
                "PT15M | 15 minutos | 15 minutes",
                "PT1M | 1 minuto | 1 minute",
                "PT1H30M | 1 hora y 30 minutos | 1 hour and 30 minutes",
                "PT90S | 1 minuto y 30 segundos | 1 minute and 30 seconds",
                "PT26H1M | 1 día, 2 horas y 1 minuto | 1 day, 2 hours and 1 minute",
                "P365D | 365 días | 365 days",
                "PT0.5S | 1 segundo | 1 second",
                "PT2H0.9S | 2 horas | 2 hours"
            })
    void a_length_of_time_is_said_as_a_person_says_it(Duration duration, String spanish, String english) {
        assertEquals(spanish, TimeInWords.of(duration, Language.SPANISH));
        assertEquals(english, TimeInWords.of(duration, Language.ENGLISH));
    }
}
