package io.sallyport.builds.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which repositories an operator's words name. */
class RepositoryPatternTest {
    @ParameterizedTest
    @CsvSource({
        "git.example, https://git.example/a/b, true",
        "git.example, https://git.example:8443/a/b, false",
        "git.example, https://agit.example/a/b, false",
        "https://github.com/**, https://github.com/a/b.git, true",
        "https://github.com/**, https://github.com.evil.example/a/b, false",
        "github.com/team/*, https://github.com/team/web, true",
        "github.com/team/*, https://github.com/team/web/deep, false",
        "github.com/team/**, https://github.com/team/web/deep, true",
        "github.com/team/**, https://github.com/teams/web, false",
        "github.com/team/**, https://github.com/team, false",
        "github.com/team/web, https://github.com/team/web.git, true",
        "github.com/team/web.git, https://github.com/team/web, true",
        "github.com/team/web, https://github.com/team/web2, false",
        "github.com/team/web, https://github.com/Team/web, false",
        "*.example:*/x/**, https://git.example:9/x/y, true",
        "[::1]:8443, https://[::1]:8443/x, true",
    })
    void repositoriesAreMatchedAsAWhole(String pattern, String url, boolean matches) {
        assertEquals(
                matches, RepositoryPattern.parse(pattern).orElseThrow().matches(URI.create(url)), pattern + " " + url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://git.example",
                "ssh://git.example",
                "git.example/a b",
                "git.example/%2e",
                "user@git.example/x",
                "/x"
            })
    void whatIsNoPatternIsSaid(String text) {
        assertEquals(Optional.empty(), RepositoryPattern.parse(text));
    }
}
