package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that shares no line with OpenSSH's: python3-asyncssh. */
class ForeignClientIT {
    private static final String PYTHON = "/usr/bin/python3";

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    /** RFC 4254, section 5.1. */
    private static final int RESOURCE_SHORTAGE = 4;

    private static Path script;

    @BeforeAll
    static void client() throws Exception {
        boolean there = Files.exists(Path.of(PYTHON))
                && Program.of(PYTHON, "-c", "import asyncssh").run().exit() == 0;
        Program.need(there, "python3-asyncssh is not installed");
        gateway.projects("web");
        script = gateway.work().resolve("client.py");
        try (InputStream text = ForeignClientIT.class.getResourceAsStream("client.py")) {
            Files.copy(text, script);
        }
    }

    @Test
    void asksAndIsAnswered() throws Exception {
        JsonNode answer = python("ask", "whoami");

        assertEquals(0, answer.path("exit").asInt(-1));
        assertEquals(
                "root", Json.line(answer.path("out").asText()).path("identity").asText());
    }

    @Test
    void learnsOfProblems() throws Exception {
        JsonNode answer = python("ask", "show 99");

        assertEquals(66, answer.path("exit").asInt());
        assertEquals("", answer.path("out").asText());
        assertEquals(404, Json.line(answer.path("err").asText()).path("status").asInt());
    }

    @Test
    void asksManyThingsOnOneConnectionAtOnce() throws Exception {
        JsonNode answers = python("ask-many", "12", "whoami");

        assertEquals(12, answers.path("answered").asInt());
    }

    @Test
    void submitsAndFollows() throws Exception {
        Signal signal = gateway.signal();
        Path source = Files.write(
                gateway.work().resolve("source.tar"),
                Source.script("echo begun; " + signal.awaited() + "; echo done").tar());
        try (Running client = start("ask", "submit web follow=true", source.toString())) {
            client.err().await("seen: begun");
            signal.give();

            JsonNode answer = Json.line(client.end().exits(0).text());
            assertEquals(0, answer.path("exit").asInt(-1));
            assertTrue(answer.path("out").asText().contains("\nbegun\ndone\n"), answer::toString);
            assertEquals(2, answer.path("err").asText().lines().count());
        }
    }

    @Test
    void learnsWhyASourceIsRefused() throws Exception {
        Path source = Files.write(
                gateway.work().resolve("no-spec.tar"),
                new Source(java.util.Map.of())
                        .file("sub/.sallyport.yml", "script: true\n")
                        .tar());

        JsonNode answer = python("put", source.toString(), "/incoming/web/no-spec.tar");

        assertEquals("0o777", answer.path("mode").asText());
        assertEquals(4, answer.path("code").asInt(), "SSH_FX_FAILURE");
        assertTrue(answer.path("reason").asText().contains("there is one in sub/"), answer::toString);
    }

    @Test
    void whoMayNotSubmitIsToldSoBySftp() throws Exception {
        Ssh viewer = gateway.user("vera", "viewer:web");
        Path source = Files.write(
                gateway.work().resolve("fine.tar"), Source.script("true").tar());

        JsonNode answer;
        try (Running client = start(viewer, "put", source.toString(), "/incoming/web/fine.tar")) {
            answer = Json.line(client.end().exits(0).text());
        }

        assertEquals("0o555", answer.path("mode").asText());
        assertEquals(3, answer.path("code").asInt(), "SSH_FX_PERMISSION_DENIED");
        assertEquals(
                "you are viewer of web; this needs builder",
                answer.path("reason").asText());
    }

    @Test
    void aChannelTooManyIsRefusedAndTheOthersGoOn() throws Exception {
        Signal signal = gateway.signal();
        long build = gateway.admin().submit("web", Source.script(signal.awaited()));
        try (Running client = start("stuff", "16", "wait " + build, "100")) {
            client.err().await("stuffed");
            client.in().close();

            JsonNode answer = Json.line(client.end().exits(0).text());
            assertEquals(RESOURCE_SHORTAGE, answer.path("refused").asInt());
            assertEquals(16, answer.path("still").asInt());
        }
        signal.give();
        gateway.admin().ended(build);
    }

    /** OpenSSH's client asks for no reply to it, so only another one learns that it is refused. */
    @Test
    void anAgentIsNotForwarded() throws Exception {
        Signal signal = gateway.signal();
        long build = gateway.admin().submit("web", Source.script(signal.awaited()));

        JsonNode answers = python("request", "wait " + build, "auth-agent-req@openssh.com", "auth-agent-req");

        signal.give();
        assertFalse(answers.path("auth-agent-req@openssh.com").asBoolean(true), answers::toString);
        assertFalse(answers.path("auth-agent-req").asBoolean(true), answers::toString);
        gateway.admin().ended(build);
    }

    private static JsonNode python(String... words) throws Exception {
        try (Running client = start(words)) {
            return Json.line(client.end().exits(0).text());
        }
    }

    private static Running start(String... words) throws Exception {
        return start(gateway.admin(), words);
    }

    private static Running start(Ssh as, String... words) throws Exception {
        return Program.of(PYTHON, "-W", "ignore", script.toString())
                .with(
                        Integer.toString(gateway.port()),
                        as.key().toString(),
                        gateway.knownHosts().toString())
                .with(words)
                .start();
    }
}
