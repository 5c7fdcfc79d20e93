package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two teams on one gateway: what is another's looks, byte by byte, as if it were not there. */
class TenantsIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("builds.atOnce: 1");

    private static final List<String> QUESTIONS = List.of(
            "GET /projects/theirs",
            "GET /projects/theirs/builds",
            "POST /projects/theirs/builds",
            "submit theirs priority=3",
            "show 1",
            "wait 1",
            "cancel 1",
            "retry 1",
            "log 1",
            "log 1 follow=true format=ndjson",
            "log 1 job=build",
            "GET /builds/1/artifacts",
            "GET /builds/1/artifacts/app",
            "GET /builds/1/artifacts.tar",
            "GET /builds/1/source.tar",
            "GET /builds/1/manifest",
            "GET /builds/1/signature",
            "GET /builds/1/provenance",
            "GET /projects/theirs/secrets",
            "GET /projects/theirs/secrets/TOKEN",
            "PUT /projects/theirs/secrets/TOKEN",
            "DELETE /projects/theirs/secrets/TOKEN",
            "PUT /builds/1/pin",
            "DELETE /builds/1/pin",
            "GET /projects/theirs/schedules",
            "PUT /projects/theirs/schedules/nightly",
            "DELETE /projects/theirs/schedules/nightly",
            "GET /projects/theirs/reports",
            "PUT /projects/theirs/reports/forge",
            "DELETE /projects/theirs/reports/forge",
            "ls",
            "queue",
            "GET /projects");

    @Test
    void whatIsTheirsLooksAsIfItWereNotThere() throws Exception {
        gateway.projects("mine");
        Ssh maintainer = gateway.user("ann", "maintainer:mine");
        Ssh auditor = gateway.user("olga", "auditor");
        List<Outcome> before = ask(maintainer);
        List<Outcome> auditorBefore = ask(auditor);
        Path key = gateway.key("deploy");
        maintainer
                .run(
                        "POST /projects/mine/deploy-keys name=ci verbs=submit,read-own,read-logs,get-artifact",
                        Files.readString(Path.of(key + ".pub")))
                .ok();
        Ssh script = gateway.client(key);
        List<Outcome> scriptBefore = ask(script);

        gateway.projects("theirs");
        Ssh other = gateway.user("bob", "maintainer:theirs");
        other.run("PUT /projects/theirs/secrets/TOKEN", "a value that is theirs")
                .ok();
        Signal signal = gateway.signal();
        Source source = Source.script("touch app; " + signal.awaited()).also("artifacts: {paths: [app]}\n");
        assertEquals(1, other.submit("theirs", source));
        long waiting = other.submit("theirs", source);
        assertSame(before, ask(maintainer));
        assertSame(auditorBefore, ask(auditor));
        assertSame(scriptBefore, ask(script));

        signal.give();
        other.ended(waiting);
        assertSame(before, ask(maintainer));
        assertSame(auditorBefore, ask(auditor));
        assertSame(scriptBefore, ask(script));
    }

    private static List<Outcome> ask(Ssh who) throws Exception {
        byte[] source = Source.script("true").tar();
        List<Outcome> answers = new ArrayList<>();
        for (String question : QUESTIONS) {
            answers.add(who.run(question, source));
        }
        return answers;
    }

    private static void assertSame(List<Outcome> before, List<Outcome> after) {
        for (int i = 0; i < QUESTIONS.size(); i++) {
            String question = QUESTIONS.get(i);
            assertEquals(before.get(i).text(), after.get(i).text(), question);
            assertEquals(before.get(i).errors(), after.get(i).errors(), question);
            assertArrayEquals(before.get(i).out(), after.get(i).out(), question);
            assertEquals(before.get(i).exit(), after.get(i).exit(), question);
        }
    }
}
