package io.sallyport.e2e.door;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log of a build: exact bytes, from any offset, live. */
class LogsIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    /** Every byte there is, in no order, and no newline at the end. */
    private static final byte[] NOISE = noise();

    private static long build;

    @BeforeAll
    static void oneBuild() throws Exception {
        gateway.projects("web");
        Source source = Source.spec("""
                        script:
                          - cat noise
                          - echo to the other stream >&2
                          - printf 'no newline'
                        """).file("noise", NOISE);
        build = gateway.admin().submit("web", source);
        assertEquals("succeeded", gateway.admin().ended(build).path("state").asText());
    }

    @Test
    void whatTheScriptPrintedIsKeptByteByByte() throws Exception {
        assertArrayEquals(concat(NOISE, "no newline".getBytes("UTF-8")), log("stream=out"));
        assertEquals("to the other stream\n", new String(log("stream=err"), "UTF-8"));
    }

    @Test
    void bothStreamsComeInTheOrderOfTheCommands() throws Exception {
        assertArrayEquals(concat(NOISE, "to the other stream\nno newline".getBytes("UTF-8")), log("stream=out,err"));
    }

    @Test
    void ctrlCInATerminalEndsTheFollowingAndNotTheBuild() throws Exception {
        Signal signal = gateway.signal();
        long waiting = gateway.admin().submit("web", Source.script("echo begun; " + signal.awaited()));
        try (Running follower = gateway.admin().with("-tt").start("log " + waiting + " follow=true")) {
            follower.out().await("begun");

            follower.in().write(3);
            follower.in().flush();

            follower.end().exits(130);
        }
        assertEquals("running", gateway.admin().build(waiting).path("state").asText());
        signal.give();
        assertEquals("succeeded", gateway.admin().ended(waiting).path("state").asText());
    }

    @Test
    void anImageThatIsNotUsedIsSaid() throws Exception {
        long imaged = gateway.admin().submit("web", Source.script("true").also("image: debian:12\n"));
        JsonNode ended = gateway.admin().ended(imaged);

        assertTrue(ended.path("jobs").path(0).path("image").isMissingNode(), ended::toString);
        assertTrue(
                gateway.admin().run("log " + imaged).ok().text().contains("NOTICE: image debian:12 is not used here"));
    }

    @Test
    void theGatewayTellsEachCommandAndTheEnd() throws Exception {
        String system = new String(log("stream=system"), "UTF-8");

        assertTrue(system.contains("$ cat noise\n"), system);
        assertTrue(system.contains("$ printf 'no newline'\n"), system);
        assertTrue(system.endsWith("build " + build + " succeeded\n"), system);
    }

    @Test
    void aJobsLogIsWhatBelongsToIt() throws Exception {
        String all = new String(log(""), "ISO-8859-1");
        String job = new String(log("job=build"), "ISO-8859-1");

        assertTrue(job.length() < all.length() && job.contains("$ cat noise"), job);
    }

    @Test
    void fromAnyOffsetTheRestIsTheSame() throws Exception {
        byte[] all = log("");
        for (int offset : List.of(0, 1, 100, all.length / 2, all.length - 1, all.length)) {
            assertArrayEquals(Arrays.copyOfRange(all, offset, all.length), log("offset=" + offset), "from " + offset);
        }
    }

    @Test
    void beyondTheEndThereIsNothingAndThatIsSaid() throws Exception {
        int length = log("").length;
        assertEquals(0, log("offset=" + length).length);
        for (String how : List.of("", " follow=true", " format=ndjson", " stream=err")) {
            String said = gateway.admin()
                    .run("log " + build + " offset=" + (length + 1) + how)
                    .problem(400)
                    .path("detail")
                    .asText();
            assertTrue(said.contains("beyond the end") && said.contains(" " + length + " bytes"), said);
        }
    }

    @Test
    void peopleSeeWhichJobALineIsOf() throws Exception {
        Source two = Source.spec("""
                one: {script: [printf 'a\\nb', 'printf c']}
                two: {script: echo two}
                """);
        long id = gateway.admin().submit("web", two);
        gateway.admin().ended(id);

        String text = gateway.admin().run("log " + id + " format=text").ok().text();
        assertTrue(text.startsWith("build " + id + " of web"), text);
        // The two run side by side, so each is in order and nothing is said of how they mingle.
        assertTrue(
                text.lines()
                        .filter(line -> line.startsWith("one | "))
                        .collect(joining("\n"))
                        .contains("one | $ printf c\none | c\n"),
                text);
        assertTrue(text.contains("\ntwo | two\n"), text);
        assertTrue(text.endsWith("\nbuild " + id + " succeeded\n"), text);
        // Bytes are as they were, and so is what is of one job.
        assertFalse(gateway.admin().run("log " + id).ok().text().contains(" | "));
        assertFalse(gateway.admin()
                .run("log " + id + " format=text job=one")
                .ok()
                .text()
                .contains(" | "));
        String followed = gateway.admin()
                .run("submit web follow=true format=text", two.tar())
                .ok()
                .text();
        assertTrue(followed.contains("\ntwo | two\n"), followed);
    }

    @Test
    void recordsHaveOffsetsThatLeadOnAndAnEnd() throws Exception {
        List<JsonNode> records = new ArrayList<>(Json.lines(new String(log("format=ndjson"), "UTF-8")));
        JsonNode end = records.removeLast();

        assertEquals(log("").length, end.path("offset").asLong());
        assertTrue(end.path("end").asBoolean());
        assertEquals("succeeded", end.path("state").asText());
        JsonNode record = records.stream()
                .filter(each -> each.path("text").asText().equals("to the other stream\n"))
                .findFirst()
                .orElseThrow();
        assertEquals("err", record.path("stream").asText());
        assertEquals("build", record.path("job").asText());
        assertTrue(record.path("time").asText().endsWith("Z"));
        String fromThere = new String(log("offset=" + record.path("offset").asLong()), "UTF-8");
        assertTrue(fromThere.startsWith("to the other stream\n"), fromThere);
        List<Long> offsets =
                records.stream().map(each -> each.path("offset").asLong()).toList();
        assertEquals(offsets.stream().sorted().distinct().toList(), offsets);
    }

    @Test
    void recordsOfOneStreamHaveTheSameOffsets() throws Exception {
        List<JsonNode> some = Json.lines(new String(log("format=ndjson stream=err"), "UTF-8"));

        assertEquals(2, some.size());
        assertTrue(Json.lines(new String(log("format=ndjson"), "UTF-8")).containsAll(some));
    }

    @Test
    void textIsSafeForATerminalAndKeepsColour() throws Exception {
        long id = gateway.admin()
                .submit("web", Source.script("printf '\\033[31mred\\033[0m \\033]0;title\\007 \\033[2J\\033[6n\\n'"));
        gateway.admin().ended(id);

        String text = gateway.admin()
                .run("log " + id + " stream=out format=text")
                .ok()
                .text();

        assertTrue(text.contains("\033[31mred\033[0m"), text);
        assertEquals(2, text.chars().filter(c -> c == '\033').count(), text);
        assertTrue(text.indexOf('\007') < 0, text);
        assertTrue(gateway.admin().run("log " + id + " stream=out").ok().text().contains("\033]0;title\007"));
    }

    @Test
    void followingFromTheMiddleGivesTheRestAndThenTheResult() throws Exception {
        Signal first = gateway.signal();
        Signal second = gateway.signal();
        Source source = Source.script(
                "echo one; " + first.awaited() + "; echo two; " + second.awaited() + "; echo three; exit 9");
        long id = gateway.admin().submit("web", source);
        try (Running whole = gateway.admin().start("log -f " + id + " stream=out");
                Running records = gateway.admin().start("log " + id + " format=ndjson follow=true stream=out")) {
            whole.out().await("one\n");
            first.give();
            whole.out().await("two\n");
            String soFar = records.out().awaitLines(2);
            long offset = Json.lines(soFar).get(1).path("offset").asLong();
            try (Running rest = gateway.admin().start("log " + id + " follow=true stream=out offset=" + offset)) {
                rest.out().await("two\n");
                second.give();

                assertEquals("two\nthree\n", rest.end().exits(1).text());
                assertEquals("one\ntwo\nthree\n", whole.end().exits(1).text());
                JsonNode end = Json.lines(records.end().exits(1).text()).getLast();
                assertEquals("failed", end.path("state").asText());
            }
        }
    }

    @Test
    void aQueuedBuildCanBeFollowedBeforeItStarts() throws Exception {
        Signal signal = gateway.signal();
        Source waits = Source.script(signal.awaited());
        List<Long> busy =
                List.of(gateway.admin().submit("web", waits), gateway.admin().submit("web", waits));
        long id = gateway.admin().submit("web", Source.script("echo mine"));
        try (Running follower = gateway.admin().start("log " + id + " follow=true stream=out")) {
            assertEquals("queued", gateway.admin().build(id).path("state").asText());
            signal.give();

            assertEquals("mine\n", follower.end().exits(0).text());
        }
        for (long each : busy) {
            gateway.admin().ended(each);
        }
    }

    @Test
    void aLogBeyondItsLimitKeepsHeadAndTailAndTheBuildGoesOn() throws Exception {
        try (GatewayProcess small = new GatewayProcess("limits.logBytes: 64KiB")) {
            small.prepare().start().projects("web");
            long id = small.admin().submit("web", Source.script("seq 1 100000; echo the end"));

            assertEquals("succeeded", small.admin().ended(id).path("state").asText());
            List<String> lines =
                    small.admin().run("log " + id).ok().text().lines().collect(Collectors.toList());
            assertTrue(lines.containsAll(List.of("1", "2", "3", "99999", "100000", "the end")), lines::toString);
            assertTrue(!lines.contains("50000"));
            assertTrue(lines.stream().mapToInt(String::length).sum() < 70_000);
        }
    }

    private static byte[] log(String parameters) throws Exception {
        return gateway.admin().run("log " + build + " " + parameters).ok().out();
    }

    private static byte[] noise() {
        byte[] bytes = new byte[100_000];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
