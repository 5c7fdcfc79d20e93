package io.sallyport.builds.spec;

import static io.sallyport.builds.spec.Specs.errors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs that are wrong: every error, with its place. */
class SpecErrorsTest {
    @Test
    void allErrorsComeAtOnceInTheirOrder() {
        assertEquals(
                List.of(
                        "1:1 unknown key 'iamge', did you mean 'image'?",
                        "2:12 variables: expected a map, found a list",
                        "4:1 key 'timeout' is given twice, first in line 3",
                        "6:5 script: expected a command, found a map; put quotes around a command that has ': ' in it",
                        "8:11 artifacts.paths: '/etc' is absolute; paths begin in the workspace"),
                errors("""
                        iamge: alpine
                        variables: [a]
                        timeout: 10m
                        timeout: 20m
                        script:
                          - echo "a": b
                        artifacts:
                          paths: [/etc]
                        """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scirpt: make | 1:1 unknown key 'scirpt', did you mean 'script'?",
                "services: x | 1:11 services: expected a list, found a string",
                "'before_script: [{a: b}]' | 1:17 before_script: expected a command, found a map; put quotes around a command that has ': ' in it",
                "'artifacts: {expire_in: soon}' | 1:24 artifacts.expire_in: 'soon' is no length of time such as 90s, 10m or 1h 30m",
                "'test: {script: make}' | 1:1 job 'test' stands beside a 'script' at the top: that one needs a name, too, if there are several",
                "'image: [a]' | 1:8 image: expected a string, found a list",
                "'image: 3' | 1:8 image: expected a string, found a number",
                "'image: no' | 1:8 image: expected a string, found true or false",
                "image: 'a b' | 1:8 image: 'a b' is no name of an image",
                "'image: {name: a, entrypoint: true}' | 1:30 image.entrypoint: expected a list of words such as [/entry.sh, --quiet], found true or false",
                "image: '' | 1:8 image: '' is no name of an image",
                "image: Test/Web | 1:8 image: 'Test/Web' is no name of an image",
                "image: busybox:1@sha256:abc | 1:8 image: 'busybox:1@sha256:abc' is no name of an image",
                "image: {name: 'a b'} | 1:15 image: 'a b' is no name of an image",
                "image: $A b | 1:8 image: '$A b' is no name of an image",
                "'services: [ok, BAD]' | 1:16 services: 'BAD' is no name of an image",
                "'services: [{name: BAD}]' | 1:19 services: 'BAD' is no name of an image",
                "'timeout: soon' | 1:10 timeout: 'soon' is no length of time such as 90s, 10m or 1h 30m",
                "'timeout: 0' | 1:10 timeout: '0' is not between 1s and 1d",
                "'timeout: 25 hours' | 1:10 timeout: '25 hours' is not between 1s and 1d",
                "'timeout: [1h]' | 1:10 timeout: expected a string, found a list",
                "'variables: {1A: b}' | 1:13 variable '1A': a name is made of letters, digits and underscores, and begins with no digit",
                "'variables: {SALLYPORT_X: b}' | 1:13 variable 'SALLYPORT_X': names with SALLYPORT_ are reserved",
                "'variables: {A: [b]}' | 1:16 variable 'A': expected a string, found a list",
                "'variables: {A: }' | 1:13 variable 'A': no value; write '' for an empty one",
                "'variables: {[a]: b}' | 1:13 a key must be a word, found a list",
                "'artifacts: [a]' | 1:12 artifacts: expected a map, found a list",
                "'artifacts: {path: [a]}' | 1:13 artifacts: unknown key 'path', did you mean 'paths'?",
                "'artifacts: {paths: a}' | 1:20 artifacts.paths: expected a list, found a string",
                "'artifacts: {paths: [../a]}' | 1:21 artifacts.paths: '../a' has '..' in it; paths stay inside the workspace",
                "'artifacts: {paths: [a/..]}' | 1:21 artifacts.paths: 'a/..' has '..' in it; paths stay inside the workspace",
                "artifacts: {paths: ['']} | 1:21 artifacts.paths: '' is empty",
                "'artifacts: {paths: [{}]}' | 1:21 artifacts.paths: expected a string, found a map",
                "'<<: {a: b}' | 1:6 unknown key 'a'",
                "image: !reference [a] | 1:8 !reference: 'a' is not there",
                "image: !!java.net.URL [a] | 1:8 tag '!!java.net.URL' is not supported",
                "image: !!binary aGk= | 1:8 tag '!!binary' is not supported",
                "image: *nothing | 1:8 no complete value before this is named '&nothing'",
                "image: \"a\\0b\" | 1:8 a value with a NUL character cannot be used",
            })
    void anErrorNamesTheCulpritAndItsPlace(String line, String expected) {
        List<String> errors = errors(line + "\nscript: make\n");
        assertTrue(errors.contains(expected), () -> errors + " but expected " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: a | 1:1 there is no job: neither a 'script' at the top nor a job with a name of its own",
                "'script: []' | 1:9 script: at least one command is needed",
                "'script:' | 1:8 script: expected a string, found nothing",
                "'script: [a, ]' | ",
                "'script: [[[[[[[[[[[a]]]]]]]]]]]' | 1:19 script: lists are nested more than 10 deep",
                "'[script]' | 1:1 the spec: expected a map, found a list",
                "'script' | 1:1 the spec: expected a map, found a string",
                "'# nothing' | 1:1 the spec is empty",
                "'' | 1:1 the spec is empty",
            })
    void aSpecIsAMapWithAScript(String text, String expected) {
        if (expected == null) {
            Specs.job(text);
        } else {
            assertEquals(List.of(expected), errors(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scrpt", "scripts", "Script", "scirpt"})
    void aMistypedScriptIsOneErrorWhereverItStands(String typed) {
        String meant = "unknown key '" + typed + "', did you mean 'script'?";
        assertEquals(
                List.of("2:1 " + meant),
                errors("image: alpine\n" + typed + ": [make]\nartifacts:\n  paths: [out]\ntimeout: 10m\n"));
        assertEquals(List.of("1:1 " + meant), errors(typed + ": make\n"));
        assertEquals(List.of("3:3 " + meant), errors("compile:\n  stage: build\n  " + typed + ": make\n"));
        assertEquals(
                List.of("1:1 " + meant, "3:1 unknown key 'tmeout', did you mean 'timeout'?"),
                errors(typed + ":\n  - make\ntmeout: 10m\n"));
    }

    @Test
    void anImageWhoseNameHasAVariableIsNotKnownYet() {
        Specs.job("image: $REGISTRY/Team:${TAG}\nservices: [$DB]\nscript: make\n");
    }

    @Test
    void besideJobsAMistypedScriptIsNoShortForm() {
        assertEquals(
                List.of("1:1 unknown key 'scrpt': a job is a map, found a string"),
                errors("scrpt: make\ntest:\n  script: make\n"));
    }

    @Test
    void aTextThatIsNotYamlIsToldWithItsPlace() {
        assertEquals(
                List.of("2:1 not YAML: found character '\\t(TAB)' that cannot start any token."
                        + " (Do not use \\t(TAB) for indentation)"),
                errors("script:\n\t- make\n"));
        assertTrue(errors("script: 'make").getFirst().startsWith("1:14 not YAML: "));
        assertTrue(errors("a: b: c").getFirst().startsWith("1:5 not YAML: "));
        assertTrue(errors("script: [make").getFirst().contains("not YAML: "));
        assertTrue(errors("script: make\n  image: a\n").getFirst().startsWith("2:8 not YAML: "));
    }

    @Test
    void severalDocumentsAreRefused() {
        assertEquals(
                List.of("2:1 a second document begins here; a spec is one document"),
                errors("script: make\n---\nscript: make\n"));
    }

    @Test
    void onlyUtf8IsRead() {
        byte[] latin1 = "script: make\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(List.of("2:6 this is not UTF-8"), errors(latin1));
        assertEquals(List.of("1:1 this is not UTF-8"), errors("script: a".getBytes(StandardCharsets.UTF_16)));
        byte[] cut = {'a', ':', ' ', (byte) 0xe2, (byte) 0x82};
        assertEquals(List.of("1:4 this is not UTF-8"), errors(cut));
        assertEquals(List.of("2:4 a character that YAML does not allow here: U+001B"), errors("# ä\n# ä\u001b[31m\n"));
    }

    @Test
    void columnsCountCharacters() {
        assertEquals(List.of("1:22 unknown key 'x'"), errors("{script: 'ä😀', .a: , x: 1}"));
    }

    @Test
    void messagesShowNoControlCharactersAndNoEndlessWords() {
        String error = errors("script: make\n\"a\\e[31m\\n\": b\n").getFirst();
        assertTrue(error.startsWith("2:1 unknown key 'a\\u001b[31m\\u000a'"), error);
        String cut = errors("script: make\n? " + "x".repeat(5000) + "\n: b\n").getFirst();
        assertTrue(cut.length() < 200, cut);
        String name = errors("script: *" + "x".repeat(5000)).getFirst();
        assertTrue(name.length() < 200, name);
        String handle = errors("script: !" + "x".repeat(5000) + "!y z").getFirst();
        assertTrue(handle.length() < 400, handle);
    }
}
