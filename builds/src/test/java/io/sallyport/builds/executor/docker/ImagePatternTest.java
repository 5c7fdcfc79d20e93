package io.sallyport.builds.executor.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.plan.ImageName;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePatternTest {
    @ParameterizedTest
    @CsvSource({
        "debian, debian, true",
        "debian, debian:13, true",
        "debian, docker.io/library/debian:13, true",
        "debian, index.docker.io/library/debian, true",
        "docker.io/library/debian, debian, true",
        "debian, evil/debian, false",
        "debian, evil.example/library/debian, false",
        "debian, debianx, false",
        "*, debian, true",
        "*, team/debian, false",
        "team/*, team/debian, true",
        "team/*, team/deep/debian, false",
        "team/**, team/deep/debian, true",
        "**, anything.example:5000/a/b/c:d, true",
        "registry.example:5000/**, registry.example:5000/a/b, true",
        "registry.example:5000/**, registry.example/a/b, false",
        "registry.example/**, registry.example.evil/a, false",
        "java:25*, java:25-slim, true",
        "java:25*, java, false",
        "java:latest, java, true",
        "java:25*, java@sha256:0000000000000000000000000000000000000000000000000000000000000000, false",
        "java, java@sha256:0000000000000000000000000000000000000000000000000000000000000000, true",
        "a.b, axb, false",
    })
    void allowsWhatItMeans(String pattern, String image, boolean allowed) {
        assertEquals(
                allowed,
                ImagePattern.parse(pattern)
                        .orElseThrow()
                        .allows(ImageName.parse(image).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "UPPER",
                "Team/tool",
                "team/Tool",
                "a b",
                "a//b",
                "/a",
                "a/",
                "a:",
                "a:b:c",
                "a@sha256:12",
                "../a",
                "a/../b",
                "http://a/b",
                "-a",
                "a\nb",
                "$IMAGE"
            })
    void whatIsNoNameIsNone(String written) {
        assertEquals(Optional.empty(), ImageName.parse(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "BAD!!", "a/**/", "Team/*", "a b", "a@sha256:12", "a:b:c", "/**", "*-"})
    void whatAllowsNoImageIsNoPattern(String written) {
        assertEquals(Optional.empty(), ImagePattern.parse(written));
    }

    @ParameterizedTest
    @CsvSource({
        "debian, docker.io/library/debian, latest",
        "team/debian:13, docker.io/team/debian, 13",
        "localhost/a, localhost/a, latest",
        "r.example:5000/a/b:c, r.example:5000/a/b, c",
    })
    void aNameIsReadAsDockerReadsIt(String written, String whole, String reference) {
        ImageName name = ImageName.parse(written).orElseThrow();
        assertEquals(whole, name.whole());
        assertEquals(reference, name.reference());
        assertTrue(name.digest().isEmpty());
    }
}
