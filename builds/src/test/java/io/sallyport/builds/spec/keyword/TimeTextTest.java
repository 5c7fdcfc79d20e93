package io.sallyport.builds.spec.keyword;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "90 | PT90S",
                "90s | PT90S",
                "10m | PT10M",
                "1h 30m | PT1H30M",
                "1h30m | PT1H30M",
                "2 hours 5 minutes | PT2H5M",
                "3 hrs, 1 min and 2 secs | PT3H1M2S",
                "1 day | PT24H",
                "1 Week | PT168H",
                "30 Minutes | PT30M",
            })
    void lengthsOfTimeInWords(String text, String expected) {
        Duration time = Duration.parse(expected);
        assertEquals(Optional.of(time), TimeText.parse(text));
        assertEquals(Optional.of(time), TimeText.parse(TimeText.of(time)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "h", "1x", "1h 30", "-5m", "1.5h", "1 hour and", "10m!", "1:30", "9999999999s"})
    void whatIsNoLengthOfTime(String text) {
        assertEquals(Optional.empty(), TimeText.parse(text));
    }
}
