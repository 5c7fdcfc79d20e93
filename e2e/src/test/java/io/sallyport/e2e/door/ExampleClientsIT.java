package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clients of {@code examples/clients}, which the page of the protocol says are all that is needed. */
class ExampleClientsIT {
    private static final String FOLDER =
            GatewayProcess.repository().resolve("examples/clients").toString();

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    @BeforeAll
    static void tools() throws Exception {
        Program.need("python3");
        Program.need("jq");
        gateway.projects("web", "watched");
    }

    @Test
    void pythonAsksAndFollows() throws Exception {
        long build = gateway.admin().submit("web", Source.script("for i in 1 2 3; do echo line $i; sleep 0.1; done"));

        List<JsonNode> log = Json.lines(python("GET", "/builds/" + build + "/log", "follow=true", "stream=out")
                .ok()
                .text());
        assertEquals(
                List.of("line 1\n", "line 2\n", "line 3\n"),
                log.subList(0, 3).stream()
                        .map(record -> record.path("text").asText())
                        .toList());
        assertEquals("succeeded", log.getLast().path("state").asText());
        assertEquals(
                build,
                Json.line(python("GET", "/builds/" + build).ok().text())
                        .path("id")
                        .asLong());
    }

    @Test
    void pythonTellsAProblem() throws Exception {
        Outcome refused = python("GET", "/builds/999999").exits(1);
        assertEquals(404, Json.line(refused.errors()).path("status").asInt());
    }

    @Test
    void shellShowsTheEndOfEachFailure() throws Exception {
        long good = gateway.admin().submit("web", Source.script("echo fine"));
        long bad = gateway.admin().submit("web", Source.script("seq 1 9; echo broken here; exit 2"));
        gateway.admin().ended(good);
        gateway.admin().ended(bad);

        List<String> words = ssh();
        String ssh = String.join(" ", words.subList(0, words.size() - 1));
        String shown = Program.of("env", "SSH=" + ssh, FOLDER + "/failures.sh", words.getLast(), "web")
                .run()
                .ok()
                .text();
        assertTrue(shown.startsWith("build " + bad + " of web: "), shown);
        assertTrue(shown.endsWith("  6\n  7\n  8\n  9\n  broken here\n"), shown);
    }

    @Test
    void javaWatchesSeveralBuildsOverOneChannel() throws Exception {
        Sally sally = Sally.of(gateway.admin(), gateway.work());
        String line = ". ./bin/find-java.sh; find_java; exec \"$JAVA\" --enable-native-access=ALL-UNNAMED"
                + " -cp 'client-cli/target/sally/lib/*' examples/clients/Watch.java 127.0.0.1 " + gateway.port()
                + " watched 2";
        Program watch = Program.of("env", "SALLY_SSH=" + sally.sshProgram(), "sh", "-c", line)
                .in(GatewayProcess.repository());
        try (Running watching = watch.start()) {
            watching.out().await("watching watched\n");
            long first = gateway.admin().submit("watched", Source.script("echo of the first; exit 3"));
            long second = gateway.admin().submit("watched", Source.script("echo of the second"));

            Outcome watched = watching.end().ok();
            for (String said : List.of(
                    first + " | of the first\n",
                    first + " failed\n",
                    second + " | of the second\n",
                    second + " succeeded\n")) {
                assertTrue(watched.text().contains(said), watched::text);
            }
        }
    }

    private static Outcome python(String... words) throws Exception {
        List<String> ssh = ssh();
        return Program.of("python3", FOLDER + "/sallyport.py", String.join(" ", ssh.subList(1, ssh.size())))
                .with(words)
                .run();
    }

    /** The command line up to and with the host. */
    private static List<String> ssh() {
        return gateway.admin().program("").words();
    }
}
