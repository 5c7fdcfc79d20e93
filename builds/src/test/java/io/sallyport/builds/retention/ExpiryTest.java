package io.sallyport.builds.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sallyport.builds.Keep;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {
    private static final Instant FINISHED = Instant.parse("2026-01-01T00:00:00Z");
    private static final KeepRules RULES = new KeepRules(10, 20, 30, 100, 3, true, 0);

    /** The build has artifacts of three jobs: brief says 1 day, usual says nothing, long says 50 days. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
              0d | NOTHING | ''
             23h | NOTHING | ''
              1d | NOTHING | artifacts brief expire_in=86400s
            239h | NOTHING | artifacts brief expire_in=86400s
             10d | NOTHING | artifacts brief expire_in=86400s; artifacts usual artifactDays=10
             20d | NOTHING | artifacts brief expire_in=86400s; artifacts usual artifactDays=10; source  sourceDays=20
             30d | NOTHING | artifacts brief expire_in=86400s; artifacts usual artifactDays=10; source  sourceDays=20; log  logDays=30
             50d | NOTHING | artifacts brief expire_in=86400s; artifacts long expire_in=4320000s; artifacts usual artifactDays=10; source  sourceDays=20; log  logDays=30
            100d | NOTHING | build  buildDays=100
            100d | SOURCE  | artifacts brief expire_in=86400s; artifacts long expire_in=4320000s; artifacts usual artifactDays=10; log  logDays=30
            100d | ALL     | ''
            """)
    void whatGoesAtWhichAge(String age, Sparing sparing, String expected) {
        Instant now = FINISHED.plus(
                age.endsWith("h")
                        ? Duration.ofHours(Long.parseLong(age.replace("h", "")))
                        : Duration.ofDays(Long.parseLong(age.replace("d", ""))));

        assertEquals(expected, words(Expiry.of(build(true, true), RULES, sparing, now)));
    }

    @Test
    void whatIsGoneAlreadyDoesNotGoAgain() {
        Instant now = FINISHED.plus(Duration.ofDays(50));
        Candidate build = new Candidate(1, FINISHED, source(), false, false, List.of());

        assertEquals("", words(Expiry.of(build, RULES, Sparing.NOTHING, now)));
    }

    @Test
    void zeroDaysAreForEverAndSoIsWhatIsBeyondAllMeasure() {
        KeepRules forEver = new KeepRules(0, 0, 0, 0, 0, false, 0);
        Instant now = FINISHED.plus(Duration.ofDays(50_000));

        assertEquals(
                "artifacts brief expire_in=86400s; artifacts long expire_in=4320000s",
                words(Expiry.of(build(true, true), forEver, Sparing.NOTHING, now)));
        assertEquals(Optional.empty(), Expiry.end(FINISHED, Optional.of(Duration.ofSeconds(Long.MAX_VALUE)), forEver));
    }

    @Test
    void aProjectsOwnRulesGoBeforeTheGateways() {
        Keep own = new Keep(
                OptionalInt.of(1),
                OptionalInt.empty(),
                OptionalInt.of(0),
                OptionalInt.empty(),
                OptionalInt.of(7),
                Optional.of(false),
                OptionalLong.of(99));

        assertEquals(new KeepRules(1, 20, 0, 100, 7, false, 99), RULES.of(own));
        assertEquals(RULES, RULES.of(Keep.USUAL));
    }

    private static Candidate build(boolean source, boolean log) {
        return new Candidate(
                1,
                FINISHED,
                source(),
                source,
                log,
                List.of(
                        new Candidate.Files("brief", Optional.of(Duration.ofDays(1)), 1),
                        new Candidate.Files("long", Optional.of(Duration.ofDays(50)), 1),
                        new Candidate.Files("usual", Optional.empty(), 2)));
    }

    private static Blob source() {
        return new Blob(new Digest("ab".repeat(32)), 1);
    }

    private static String words(List<Loss> losses) {
        return losses.stream()
                .map(loss -> loss.what().label() + " " + loss.job() + " " + loss.rule())
                .collect(Collectors.joining("; "));
    }
}
