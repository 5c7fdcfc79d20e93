package io.sallyport.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One name for each branch and tag, however it is written. */
class RefTest {
    @ParameterizedTest
    @CsvSource({
        "main,BRANCH,main,main",
        "refs/heads/main,BRANCH,main,main",
        "refs/tags/v1,TAG,v1,refs/tags/v1",
        "feature/a,BRANCH,feature/a,feature/a",
        "heads/main,BRANCH,heads/main,heads/main",
        "refs/heads/refs/heads/main,BRANCH,refs/heads/main,refs/heads/refs/heads/main",
        "refs/heads/refs/tags/v1,BRANCH,refs/tags/v1,refs/heads/refs/tags/v1",
        "refs/tags/refs/tags/v1,TAG,refs/tags/v1,refs/tags/refs/tags/v1",
        "refs/changes/1,BRANCH,refs/changes/1,refs/changes/1"
    })
    void isReadAndWrittenInOneWay(String text, Ref.Kind kind, String name, String written) {
        Ref ref = Ref.parse(text).orElseThrow();

        assertEquals(new Ref(kind, name), ref);
        assertEquals(written, ref.toString());
        assertEquals(Optional.of(ref), Ref.parse(written));
    }

    @Test
    void whatIsNoNameIsNone() {
        for (String bad : List.of("", " ", "refs/heads/", "refs/tags/", "a b", "main\n", "a\u0000")) {
            assertEquals(Optional.empty(), Ref.parse(bad), bad);
        }
    }
}
