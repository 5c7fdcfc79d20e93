package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets of projects: values go in, reach jobs, and are read nowhere. */
class SecretsIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.atOnce: 4", "limits.secretBytes: 2KiB");

    private static final String VALUE = "Zx7/kQ+ w'ürde\"=%42&tok";
    private static final String KEY = """
            -----BEGIN TEST KEY-----
            b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
            QyNTUxOQAAACDnJq8x0Dq7Jq0oO7z3VJ9dQ8sD3f5
            -----END TEST KEY-----
            """;

    private static Ssh maintainer;

    @BeforeAll
    static void aMaintainer() throws Exception {
        gateway.projects("web", "forms", "rest", "bounds", "mean", "anew", "wide");
        maintainer = gateway.user("mia", "maintainer:*");
    }

    @Test
    void metadataComesOutAndTheValueDoesNot() throws Exception {
        JsonNode made = put("web", "TOKEN", VALUE + "\n").json();
        assertEquals("TOKEN", made.path("name").asText());
        assertEquals(1, made.path("version").asInt());
        assertEquals(64, made.path("bytesAtMost").asInt());
        assertEquals("mia", made.path("updatedBy").asText());
        assertTrue(made.path("masked").asBoolean());
        assertFalse(made.has("warnings"));
        assertEquals(2, put("web", "TOKEN", VALUE).json().path("version").asInt());

        List<Outcome> answers = List.of(
                maintainer.run("GET /projects/web/secrets").ok(),
                maintainer.run("GET /projects/web/secrets format=text").ok(),
                maintainer.run("GET /projects/web/secrets/TOKEN").ok(),
                gateway.admin().run("GET /projects/web/secrets/TOKEN").ok());
        answers.forEach(answer -> assertFalse(answer.text().contains("Zx7"), answer.text()));
        assertEquals(
                List.of("TOKEN"),
                Json.each(answers.getFirst().items(), item -> item.path("name").asText()));

        maintainer.run("DELETE /projects/web/secrets/TOKEN").ok();
        assertEquals(0, maintainer.run("GET /projects/web/secrets").items().size());
        maintainer.run("GET /projects/web/secrets/TOKEN").problem(404);
        maintainer.run("DELETE /projects/web/secrets/TOKEN").problem(404);
    }

    /** The job has it: it leaves what can only be made of the value. The log shows it in no form that it prints. */
    @Test
    void aJobHasItAndItsLogDoesNot() throws Exception {
        put("forms", "TOKEN", VALUE).ok();
        put("forms", "KEY", KEY, "file=true").ok();
        String script = """
                printf %s "$TOKEN" | sha256sum | cut -c-64 > digests
                sha256sum < "$KEY" | cut -c-64 >> digests
                stat -c %a "$KEY" >> digests
                echo "plain <$TOKEN>"
                echo "to stderr <$TOKEN>" >&2
                for i in 1 2 3 4 5 6 7 8; do printf %s "$TOKEN" | cut -b$i | tr -d '\\n'; done
                printf '%s\\n' "$TOKEN" | cut -b9-
                cat "$KEY"
                grep b3Blb "$KEY"
                sed 's/^/  /' "$KEY"
                printf %s "$TOKEN" | base64
                printf 'user:%s' "$TOKEN" | base64 -w 0; echo
                base64 -w 20 < "$KEY"
                cat quoted
                (set -x; : "$TOKEN")
                """;
        Source source = Source.script(script)
                .also("artifacts: {paths: [digests]}\n")
                .file(
                        "quoted",
                        URLEncoder.encode(VALUE, UTF_8) + "\n{\"a\":\"" + VALUE.replace("\"", "\\\"") + "\"}\n");

        long build = maintainer.submit("forms", source);
        assertEquals("succeeded", maintainer.ended(build).path("state").asText());

        String expected = digest(VALUE) + "\n" + digest(KEY) + "\n400\n";
        assertEquals(
                expected,
                maintainer
                        .run("GET /builds/" + build + "/artifacts/digests")
                        .ok()
                        .text());
        List<byte[]> logs = new ArrayList<>();
        for (String parameters :
                List.of("", "format=ndjson", "format=text", "stream=out", "stream=err", "stream=system", "job=build")) {
            logs.add(maintainer.run("log " + build + " " + parameters).ok().out());
        }
        Path copy = gateway.work().resolve("copy");
        maintainer
                .copying("sftp", "127.0.0.1:/builds/" + build + "/log", copy.toString())
                .run()
                .ok();
        logs.add(Files.readAllBytes(copy));
        for (byte[] log : logs) {
            String text = new String(log, ISO_8859_1);
            for (String form : forms()) {
                assertFalse(text.contains(new String(form.getBytes(UTF_8), ISO_8859_1)), () -> form + " in " + text);
            }
        }
        String log = new String(logs.getFirst(), UTF_8);
        assertTrue(log.contains("plain <[masked]>\n"), log);
        assertTrue(log.contains("to stderr <[masked]>\n"), log);
        assertTrue(log.contains("{\"a\":\"[masked]\"}\n"), log);
        assertTrue(log.contains("  [masked]\n"), log);
        assertFalse(log.contains("a2V5"), "nothing of the key's lines in base64: " + log);
    }

    /** What must be nowhere: the value, its lines, and what encodings make of them. */
    private static List<String> forms() {
        List<String> forms =
                new ArrayList<>(List.of(VALUE, VALUE.replace("'", "'\\''"), URLEncoder.encode(VALUE, UTF_8)));
        KEY.lines().forEach(forms::add);
        for (byte[] bytes : List.of(VALUE.getBytes(UTF_8), KEY.getBytes(UTF_8))) {
            String base64 = Base64.getEncoder().encodeToString(bytes);
            forms.add(base64.substring(0, base64.length() - 4));
        }
        return forms;
    }

    private static String digest(String value) throws Exception {
        return Program.shell("sha256sum | cut -c-64")
                .run(value.getBytes(UTF_8))
                .ok()
                .text()
                .strip();
    }

    @Test
    void itLiesNowhereAndIsToldToNobody() throws Exception {
        String value = "N0where-" + "xyzzy" + "-ToBeSeen";
        String file = "N0where-" + "plugh" + "-ToBeSeen\n";
        Signal signal = gateway.signal();
        put("rest", "TOKEN", value).ok();
        put("rest", "FILE", file, "file=true").ok();
        Source source = Source.script("echo \"$TOKEN\"; cat \"$FILE\"; " + signal.awaited() + "; exit 3");

        long build = maintainer.submit("rest", source);
        Await.until(
                "the log shows it", () -> maintainer.run("log " + build).text().contains("[masked]\n[masked]\n"));

        assertEquals("", found("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -o '[x]yzzy\\|[p]lugh'"));
        // But for the job's own file, where that cannot be in memory, the state directory has it nowhere.
        assertEquals("", found("grep -rlE '[x]yzzy|[p]lugh' " + gateway.home() + " | grep -v /workspaces/"));
        signal.give();
        assertEquals("failed", maintainer.ended(build).path("state").asText());
        gateway.user("olga", "auditor");
        assertEquals("", found("grep -rlE '[x]yzzy|[p]lugh' " + gateway.home()));
        assertFalse(gateway.log().contains("N0where"));
        String audit = gateway.client(gateway.work().resolve("olga"))
                .run("GET /audit")
                .ok()
                .text();
        assertTrue(audit.contains("PUT /projects/rest/secrets/TOKEN"), audit);
        assertFalse(audit.contains("N0where"), audit);
        assertFalse(audit.contains(
                Base64.getEncoder().encodeToString(value.getBytes(UTF_8)).substring(0, 12)));
    }

    /** What is found by commands that fail when nothing is. */
    private static String found(String commands) throws IOException, InterruptedException {
        return Program.of("sh", "-c", commands).run().text();
    }

    @ParameterizedTest
    @CsvSource({"CI_TOKEN,400", "SALLYPORT_X,400", "CI,400", "A-B,400", "1A,400", "ä,400"})
    void namesAreThoseOfVariables(String name, int status) throws Exception {
        maintainer.run("PUT /projects/bounds/secrets/" + name, "a value of it").problem(status);
    }

    @Test
    void valuesAreBoundedTextsAndNotEmpty() throws Exception {
        for (String empty : List.of("", "\n")) {
            JsonNode problem = put("bounds", "TOKEN", empty).problem(422);
            assertTrue(problem.path("detail").asText().contains("empty"), problem::toString);
        }
        put("bounds", "TOKEN", "nul\0nul").problem(422);
        maintainer
                .run("PUT /projects/bounds/secrets/TOKEN", new byte[] {(byte) 0xfe, 2, 3})
                .problem(422);
        put("bounds", "TOKEN", "x".repeat(2049)).problem(413);
        put("bounds", "TOKEN", "x".repeat(1 << 20)).problem(413);
        assertEquals(0, maintainer.run("GET /projects/bounds/secrets").items().size());
        put("bounds", "TOKEN", "x".repeat(2048) + "\n").ok();
        JsonNode tooShort = put("bounds", "SHORT", "seven77").json();
        assertEquals(1, tooShort.path("warnings").size(), tooShort::toString);
        assertFalse(tooShort.path("masked").asBoolean(true), tooShort::toString);
        assertEquals(
                List.of("SHORT false", "TOKEN true"),
                Json.each(
                        maintainer.run("GET /projects/bounds/secrets").items(),
                        item -> item.path("name").asText() + " "
                                + item.path("masked").asBoolean()));
        JsonNode unknown = put("bounds", "TOKEN", "x", "value=hunter2hunter").problem(400);
        assertFalse(unknown.toString().contains("hunter2"), unknown::toString);
    }

    @Test
    void nobodyButMaintainersLearnsThatThereAreAny() throws Exception {
        put("mean", "TOKEN", VALUE).ok();
        Ssh builder = gateway.user("ben", "builder:mean");
        Ssh stranger = gateway.user("sam");

        for (String request : List.of("GET /projects/mean/secrets/", "DELETE /projects/mean/secrets/")) {
            assertSame(builder.run(request + "TOKEN"), builder.run(request + "NEVER"));
            assertSame(stranger.run(request + "TOKEN"), stranger.run(request + "NEVER"));
        }
        builder.run("GET /projects/mean/secrets").problem(403);
        builder.run("PUT /projects/mean/secrets/TOKEN", "another value").problem(403);
        stranger.run("GET /projects/mean/secrets").problem(404);
        stranger.run("PUT /projects/mean/secrets/TOKEN", "another value").problem(404);
        assertEquals(
                1,
                maintainer
                        .run("GET /projects/mean/secrets/TOKEN")
                        .json()
                        .path("version")
                        .asInt());
    }

    private static void assertSame(Outcome one, Outcome other) {
        assertEquals(one.exit(), other.exit());
        assertEquals(one.errors().replace("TOKEN", "NEVER"), other.errors());
    }

    @Test
    void aProjectMadeAnewHasNone() throws Exception {
        put("anew", "TOKEN", VALUE).ok();
        gateway.admin().run("DELETE /projects/anew").ok();
        gateway.projects("anew");

        assertEquals(0, maintainer.run("GET /projects/anew/secrets").items().size());
        Outcome build = maintainer
                .run(
                        "submit anew follow=true",
                        Source.script("echo \"<$TOKEN>\"").tar())
                .ok();
        assertTrue(build.text().contains("<>\n"), build.text());
    }

    @Test
    void valuesOfTheSubmitterComeFirstAndTheSpecsComeLast() throws Exception {
        put("wide", "A", "from the project").ok();
        put("wide", "B", "from the project").ok();
        Source source = Source.script("echo \"$A, $B, $C\" | tr a-z A-Z")
                .also("variables: {A: of the spec, B: of the spec, C: of the spec}\n");

        Outcome build = maintainer
                .run("submit wide follow=true variables.A=mine", source.tar())
                .ok();

        assertTrue(build.text().contains("MINE, FROM THE PROJECT, OF THE SPEC\n"), build.text());
        assertTrue(
                build.text().contains("NOTICE: secret A is not given: the submission has a variable of that name\n"),
                build.text());
    }

    private static Outcome put(String project, String name, String value, String... rules) throws Exception {
        return maintainer.run("PUT /projects/" + project + "/secrets/" + name + " " + String.join(" ", rules), value);
    }
}
