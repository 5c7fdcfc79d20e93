package io.sallyport.builds.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sallyport.builds.Refusal;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that say where the source is. */
class SourceDocumentTest {
    @TempDir
    Path folder;

    private Door door;

    @BeforeEach
    void open() throws Exception {
        door = new Door(folder);
    }

    private GitAddress address(String document) throws Exception {
        return assertInstanceOf(
                        Received.Elsewhere.class,
                        door.intake.receive(
                                Door.ANN,
                                new ByteArrayInputStream(
                                        document.replace('\'', '"').getBytes(UTF_8)),
                                Door.LIMITS,
                                Door.SPECS,
                                door.files))
                .address();
    }

    private String wrong(String document) throws Exception {
        return assertInstanceOf(
                        Refusal.BadDocument.class,
                        door.refuse(document.replace('\'', '"').getBytes(UTF_8)))
                .reason();
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/team/web.git, https://github.com/team/web.git",
        "HTTPS://GitHub.com/team/web/, https://github.com/team/web",
        "http://localhost:8080/~ann/my+web, http://localhost:8080/~ann/my+web",
        "https://[::1]:8443/web, https://[::1]:8443/web",
    })
    void aRepositoryIsNamed(String url, String meant) throws Exception {
        assertEquals(meant, address("{'git':{'url':'" + url + "'}}").url().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "feature/x",
                "refs/pull/1/head",
                "v1.2.3",
                "größe",
                "0123456789012345678901234567890123456789"
            })
    void aRefIsNamed(String ref) throws Exception {
        assertEquals(
                Optional.of(ref),
                address(" {'git':{'url':'https://a.example/b','ref':'" + ref + "'}}\n".strip())
                        .ref());
    }

    @Test
    void headIsWhatIsMeantWithoutARef() throws Exception {
        assertEquals(
                Optional.empty(),
                address("{'git':{'url':'https://a.example/b','ref':'HEAD'}}").ref());
        assertEquals(
                Optional.empty(),
                address("{'git':{'url':'https://a.example/b'}}").ref());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh://git@a.example/b",
                "git@a.example:team/b",
                "git://a.example/b",
                "file:///etc",
                "/srv/git/b",
                "ext::sh -c id",
                "https://user@a.example/b",
                "https://user:pw@a.example/b",
                "https://a.example/b?x=1",
                "https://a.example/b#x",
                "https://a.example",
                "https://a.example/",
                "https:///b",
                "https://a.example/../b",
                "https://a.example/team/..",
                "https://a.example/./b",
                "https://a.example//b",
                "https://a.example/%2e%2e/b",
                "https://a.example/a b",
                "https://a.example:99999/b",
                "https://a_b.example/b",
                "https://a.example/b\\\\c",
                "",
            })
    void otherAddressesAreRefused(String url) throws Exception {
        wrong("{'git':{'url':'" + url + "'}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-x",
                "--upload-pack=id",
                "a..b",
                "a b",
                "/a",
                "a/",
                "a.lock",
                "a@{1}",
                "a~1",
                "a^",
                "a:b",
                "a*",
                "@",
                ".a",
                "a//b",
                ""
            })
    void otherRefsAreRefused(String ref) throws Exception {
        wrong("{'git':{'url':'https://a.example/b','ref':'" + ref + "'}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'gti':{}} | there is no field 'gti', did you mean 'git'?",
                "{'git':{'url':'https://a.example/b','rev':'x'}} | there is no field 'git.rev', did you mean 'git.ref'?",
                "{'git':{'url':'https://a.example/b','depth':1}} | there is no field 'git.depth'; there are url and ref",
                "{'git':{}} | 'git' has no 'url'",
                "{'git':'https://a.example/b'} | 'git' should be an object with 'url' and 'ref'",
                "{'git':{'url':7}} | 'url' should be a text",
                "{'git':{'url':'https://a.example/b','ref':null}} | 'ref' should be a text",
                "{} | it should have one of 'git' and 'manifest'",
                "{'git':{'url':'https://a.example/b'},'manifest':'sha256:00'} | it should have one of 'git' and 'manifest'",
            })
    void whatIsWrongIsSaid(String document, String reason) throws Exception {
        assertEquals(reason, wrong(document));
    }

    @Test
    void onlyOneDocumentOfJsonAndNotALongOne() throws Exception {
        assertTrue(wrong("{'git':").startsWith("it is no JSON"));
        assertTrue(wrong("{'git':{'url':'https://a.example/b'}} {}").startsWith("it is no JSON"));
        assertTrue(wrong("{'git':{'url':'https://a.example/b','url':'https://a.example/c'}}")
                .startsWith("it is no JSON"));
        assertEquals("it is longer than 8192 bytes", wrong("{'git':'" + "x".repeat(8192) + "'}"));
        assertEquals(
                "'url' has a user in it: credentials belong into the project's secret GIT_CREDENTIALS",
                wrong("{'git':{'url':'https://user:hunter2@a.example/b'}}"));
    }
}
