package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who did what is written down, and an auditor reads it through the door. */
class AuditIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static Ssh auditor;
    private static Ssh ann;

    @BeforeAll
    static void people() throws Exception {
        gateway.projects("web");
        auditor = gateway.user("olga", "auditor");
        ann = gateway.user("ann", "builder:web");
    }

    @Test
    void aRequestIsRecordedWithItsRuleAndItsResult() throws Exception {
        long before = last();
        byte[] source = Source.script("true").tar();
        long build = ann.run("POST /projects/web/builds ref=main", source)
                .json()
                .path("id")
                .asLong();

        JsonNode request = request("POST /projects/web/builds", before);
        assertEquals("ann", request.path("identity").asText());
        assertEquals("submit-build", request.path("verb").asText());
        assertEquals("exec", request.path("surface").asText());
        assertEquals("allow", request.path("decision").asText());
        assertEquals("builder on web", request.path("rule").asText());
        assertEquals(System.getProperty("user.name"), request.path("user").asText());
        assertTrue(request.path("source").asText().startsWith("127.0.0.1:"), request::toString);
        assertEquals(sha256("ref=main\0"), request.path("arguments").asText());
        assertEquals(fingerprint(ann), request.path("fingerprint").asText());

        JsonNode result = result(request);
        assertEquals(202, result.path("status").asInt());
        assertEquals(source.length, result.path("in").asLong());
        assertTrue(result.path("out").asLong() > 50, result::toString);
        assertTrue(result.path("runMicros").asLong() > 0, result::toString);
        ann.ended(build);
    }

    @Test
    void whatIsRefusedIsRecordedToo() throws Exception {
        long before = last();
        ann.run("GET /identities").problem(403);
        ann.run("GET /projects/theirs").problem(404);
        ann.run("GET /nonsense").problem(404);
        ann.run("show x").problem(400);

        for (String path : List.of("GET /identities", "GET /projects/theirs")) {
            JsonNode request = request(path, before);
            assertEquals(
                    "deny no grant",
                    request.path("decision").asText() + " "
                            + request.path("rule").asText());
        }
        assertEquals(
                403, result(request("GET /identities", before)).path("status").asInt());
        assertEquals(
                "no such route", request("GET /nonsense", before).path("rule").asText());
        assertEquals("malformed", request("GET /builds/x", before).path("rule").asText());
    }

    @Test
    void aSessionBeginsAndEndsAndAStrangerIsRefused() throws Exception {
        long before = last();
        ann.run("whoami").ok();
        gateway.client(gateway.key("stranger")).run("whoami").exits(255);

        String session = request("GET /whoami", before).path("session").asText();
        for (String type : List.of("login", "logout")) {
            Await.until(
                    type,
                    () -> records(before).stream()
                            .anyMatch(record -> record.path("type").asText().equals(type)
                                    && record.path("session").asText().equals(session)
                                    && record.path("identity").asText().equals("ann")));
        }
        Await.until(
                "the refusal",
                () -> records(before).stream()
                        .anyMatch(record -> record.path("type").asText().equals("login-refused")
                                && record.path("reason").asText().equals("unknown key")));
    }

    @Test
    void whatIsReadBySftpIsRecordedWithItsBytes() throws Exception {
        long build = ann.submit("web", Source.script("echo hello"));
        ann.ended(build);
        long before = last();

        Path copy = gateway.work().resolve("log");
        ann.copying("scp", "127.0.0.1:/builds/" + build + "/log", copy.toString())
                .run()
                .ok();

        JsonNode request = request("GET /builds/" + build + "/log", before);
        assertEquals("sftp", request.path("surface").asText());
        long size = Files.size(copy);
        Await.until(
                "the bytes",
                () -> records(before).stream()
                        .anyMatch(record -> record.path("type").asText().equals("result")
                                && record.path("out").asLong() == size));
    }

    @Test
    void secretsOfArgumentsAndBodiesAreNotInIt() throws Exception {
        byte[] source = Source.script("echo body-canary").tar();
        ann.run("submit web variables.TOKEN=argument-canary follow=true", source)
                .ok();

        String log = auditor.run("GET /audit").ok().text();

        assertTrue(!log.contains("argument-canary") && !log.contains("body-canary"));
    }

    @Test
    void anAuditorFollows() throws Exception {
        try (Running follower = auditor.start("GET /audit follow=true after=" + last())) {
            follower.out().awaitLines(1);
            ann.run("GET /queue").ok();

            follower.out().await("GET /queue");
        }
    }

    @Test
    void whatIsReadIsTheFilesAndPagesOfIt() throws Exception {
        String all = auditor.run("GET /audit").ok().text();
        String file = Files.readString(gateway.home().resolve("audit/00000001.ndjson"));
        assertTrue(file.startsWith(all), "the answer differs from the file");

        List<JsonNode> records = Json.lines(all);
        for (int i = 0; i < records.size(); i++) {
            assertEquals(i + 1, records.get(i).path("seq").asLong());
        }
        List<String> lines = all.lines().toList();
        assertEquals(sha256(lines.get(6)), records.get(7).path("prev").asText());
        assertEquals(
                lines.subList(5, 8),
                auditor.run("GET /audit after=5 limit=3").ok().text().lines().toList());
    }

    @Test
    void aCheckpointIsVerifiedWithPlainSshKeygen() throws Exception {
        JsonNode checkpoint = auditor.run("GET /audit/checkpoint").ok().json();
        Path folder = Files.createDirectory(gateway.work().resolve("checkpoint"));
        Files.writeString(
                folder.resolve("statement"), checkpoint.path("statement").asText());
        Files.writeString(
                folder.resolve("statement.sig"), checkpoint.path("signature").asText());
        String host = Files.readString(gateway.knownHosts()).strip().replaceFirst("^\\S+ ", "");
        Files.writeString(folder.resolve("signers"), "sallyport " + host + "\n");
        Program verify = Program.shell(
                        "ssh-keygen -Y verify -f signers -I sallyport -n \"$0\" -s statement.sig < statement")
                .in(folder);

        verify.with("sallyport-audit").run().ok();
        assertTrue(verify.with("sallyport-artifacts").run().exit() != 0);
        Files.writeString(
                folder.resolve("statement"), "1" + checkpoint.path("statement").asText());
        assertTrue(verify.with("sallyport-audit").run().exit() != 0);
    }

    private static long last() throws Exception {
        return auditor.run("GET /audit/checkpoint").ok().json().path("seq").asLong();
    }

    private static List<JsonNode> records(long after) throws Exception {
        return Json.lines(auditor.run("GET /audit after=" + after).ok().text());
    }

    private static JsonNode request(String request, long after) throws Exception {
        return records(after).stream()
                .filter(record -> record.path("request").asText().equals(request))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no record of " + request));
    }

    private static JsonNode result(JsonNode request) throws Exception {
        return records(request.path("seq").asLong()).stream()
                .filter(record ->
                        record.path("of").asLong() == request.path("seq").asLong())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no result of " + request));
    }

    private static String fingerprint(Ssh who) throws Exception {
        return Program.of("ssh-keygen", "-l", "-f", who.key() + ".pub")
                .run()
                .ok()
                .text()
                .split(" ")[1];
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
