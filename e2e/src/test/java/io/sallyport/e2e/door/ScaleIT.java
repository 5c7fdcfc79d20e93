package io.sallyport.e2e.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More than fits into memory, through a gateway of 128 MiB; and readers that do not read. */
class ScaleIT {
    private static final long GIB = 1L << 30;

    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess("limits.logBytes: 2GiB").withJavaOptions("-Xmx128m");

    @BeforeAll
    static void project() throws Exception {
        gateway.projects("web");
    }

    @Test
    void aGibibyteOfLogPassesThrough() throws Exception {
        byte[] source = Source.script("head -c 1G /dev/zero | tr '\\0' '\\n'").tar();
        long id =
                gateway.admin().run("submit web", source).ok().json().path("id").asLong();

        assertEquals(GIB, counted("log -f " + id + " stream=out"));
        assertEquals("succeeded", gateway.admin().ended(id).path("state").asText());
    }

    @Test
    void aGibibyteOfArtifactPassesThrough() throws Exception {
        Source source = Source.script("head -c 1G /dev/zero > big").also("artifacts: {paths: [big]}\n");
        long id = gateway.admin().submit("web", source);
        assertEquals("succeeded", gateway.admin().ended(id).path("state").asText());

        assertEquals(GIB, counted("GET /builds/" + id + "/artifacts/big"));
    }

    @Test
    void aStoppedFollowerSlowsNobody() throws Exception {
        Signal signal = gateway.signal();
        Source source =
                Source.script("echo begun; " + signal.awaited() + "; head -c 64M /dev/zero | tr '\\0' 'x'; echo");
        long id = gateway.admin().submit("web", source);
        ProcessBuilder stopped = gateway.admin()
                .program("log -f " + id)
                .builder()
                .redirectOutput(gateway.work().resolve("stopped").toFile());
        try (Running slow = new Running(stopped);
                Running quick = gateway.admin().start("log -f " + id + " stream=system")) {
            Await.until("the first bytes", () -> new File(gateway.work() + "/stopped").length() > 0);
            slow.signal("STOP");
            signal.give();

            quick.end().exits(0);
            assertTrue(counted("log " + id) > 64 << 20);
            assertTrue(slow.alive());
            slow.signal("CONT");
            assertEquals(0, slow.end().exit());
            assertEquals(counted("log " + id), new File(gateway.work() + "/stopped").length());
        }
    }

    /** The length of an answer that is too long to be looked at. */
    private static long counted(String request) throws Exception {
        String ssh = gateway.admin().program(request).words().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        return Long.parseLong(Program.shell(ssh + " | wc -c").run().ok().text().strip());
    }
}
