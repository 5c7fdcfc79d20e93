package io.sallyport.builds.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {
    @ParameterizedTest
    @CsvSource({
        "PT0.44S, 0.4 s",
        "PT59.9S, 59.9 s",
        "PT1M, 1 min",
        "PT3M12S, 3 min 12 s",
        "PT10M0.9S, 10 min",
        "PT5H, 5 h",
        "PT5H59S, 5 h",
        "PT5H20M, 5 h 20 min",
        "P7D, 7 d",
        "P7DT3H, 7 d 3 h"
    })
    void aTimeIsToldInTwoUnitsAtMostAndNoneOfThemIsZero(Duration time, String words) {
        assertEquals(words, Elapsed.text(time));
    }
}
