package io.sallyport.builds.outward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is decided without asking anybody: what an answer means, how long to wait. */
class OutwardRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "200, Taken", "204, Taken", "301, Hopeless", "400, Refused", "401, Hopeless", "403, Hopeless", "404, Refused",
        "408, Later", "409, Refused", "422, Refused", "425, Later", "429, Later", "500, Later", "503, Later",
    })
    void answersMean(int status, String meaning) {
        assertEquals(meaning, verdict(status, null, null).getClass().getSimpleName());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "429, 120, -, 120",
                "503, 'Thu, 26 Nov 2026 12:01:00 GMT', -, 60",
                "503, 'Thu, 26 Nov 2026 11:01:00 GMT', -, 0",
                "403, 7, -, 7",
                "403, -, 1795694430, 30",
                "429, soon, -, -",
                "429, 99999999999999999999, -, -",
                "429, -5, -, -",
            })
    void aReceiverSaysWhen(int status, String retryAfter, String reset, Long seconds) {
        Verdict.Later later = assertInstanceOf(Verdict.Later.class, verdict(status, retryAfter, reset));

        assertEquals(Optional.ofNullable(seconds).map(Duration::ofSeconds), later.asked());
    }

    private static Verdict verdict(int status, String retryAfter, String reset) {
        return Verdict.of(
                ReportKind.GITHUB,
                new Reply.Answered(status, Optional.ofNullable(retryAfter), Optional.ofNullable(reset), ""),
                NOW);
    }

    @Test
    void waitsGrowAndAreBounded() {
        Backoff backoff = new Backoff(Duration.ofSeconds(4), Duration.ofSeconds(60));

        assertEquals(Duration.ofSeconds(2), backoff.after(1, 0));
        assertEquals(Duration.ofSeconds(4), backoff.after(1, 1));
        assertEquals(Duration.ofSeconds(6), backoff.after(2, 0.5));
        assertEquals(Duration.ofSeconds(32), backoff.after(4, 1));
        assertEquals(Duration.ofSeconds(60), backoff.after(5, 1));
        assertEquals(Duration.ofSeconds(30), backoff.after(1_000_000, 0));
    }
}
