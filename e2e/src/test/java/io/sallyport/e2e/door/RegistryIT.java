package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images from registries that want to know who fetches them, by a real engine. */
@Timeout(300)
class RegistryIT {
    private static final String WRONG = "not-the-password-815";

    private static DockerEngine engine;
    private static Path folder;
    private static Running registry;

    private GatewayProcess gateway;
    private RegistryImage image;
    private String first;

    @BeforeAll
    static void startEngine() throws Exception {
        engine = DockerEngine.start();
        folder = Files.createTempDirectory("sallyport-registry");
        URI classes = RegistryServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        registry = engine.within(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        Path.of(classes).toString())
                .with(RegistryServer.class.getName(), folder.toString())
                .start();
        registry.out().await("serving");
    }

    @AfterAll
    static void stopEngine() throws Exception {
        if (engine != null) {
            registry.close();
            engine.close();
            Program.of("rm", "-rf", folder.toString()).run().ok();
        }
    }

    @BeforeEach
    void putFirst() throws Exception {
        String container = engine.docker("create", "sallyport/busybox", "true").getFirst();
        byte[] layer = Program.of("docker", "--host", engine.host(), "export", container)
                .run()
                .ok()
                .out();
        engine.docker("rm", container);
        image = new RegistryImage(folder, layer);
        first = image.put("team/tool", "latest", "first");
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
        assertEquals(List.of(), engine.remains());
        for (String left : engine.docker("images", "--quiet", "127.0.0.1:*/team/tool")) {
            engine.docker("image", "rm", "--force", left);
        }
    }

    private void gateway(String pull, String password) throws Exception {
        gateway = new GatewayProcess(
                "builds.executor: docker",
                "docker.host: " + engine.host(),
                "docker.pull: " + pull,
                "docker.memory: 64MiB",
                "docker.credentials: " + folder + "/config.json");
        String auth = Base64.getEncoder().encodeToString((RegistryServer.USER + ":" + password).getBytes(UTF_8));
        Files.writeString(folder.resolve("config.json"), """
                {"auths": {"127.0.0.1:%d": {"auth": "%s"}, "127.0.0.1:%d": {"username": "%s", "password": "%s"}}}
                """.formatted(
                        RegistryServer.BASIC, auth, RegistryServer.TOKEN, RegistryServer.USER, password));
        gateway.prepare().start().projects("web");
    }

    private static String tool(int port) {
        return "127.0.0.1:" + port + "/team/tool:latest";
    }

    private JsonNode built(int port) throws Exception {
        long id = gateway.admin().submit("web", Source.spec("image: " + tool(port) + "\nscript: [echo $VERSION]\n"));
        return gateway.admin().ended(id);
    }

    private String log(JsonNode build, String stream) throws Exception {
        return gateway.admin()
                .run("log " + build.path("id").asLong() + " stream=" + stream)
                .ok()
                .text();
    }

    private static long asked() {
        return registry.out()
                .text()
                .lines()
                .filter(line -> line.contains("/manifests/"))
                .count();
    }

    private static void ranIn(JsonNode build, int port, String digest) {
        assertEquals("succeeded", build.path("state").asText(), build::toString);
        assertEquals(
                tool(port) + "@" + digest,
                build.path("jobs").get(0).path("image").asText());
    }

    @ParameterizedTest
    @ValueSource(ints = {RegistryServer.BASIC, RegistryServer.TOKEN})
    void anImageIsFetchedWithTheCredentialsAndItsDigestIsInTheProvenance(int port) throws Exception {
        gateway("missing", RegistryServer.PASSWORD);
        JsonNode build = built(port);

        ranIn(build, port, first);
        assertEquals("first\n", log(build, "out"));
        String payload = gateway.admin()
                .run("GET /builds/" + build.path("id").asLong() + "/provenance")
                .ok()
                .json()
                .path("payload")
                .asText();
        String provenance = new String(Base64.getDecoder().decode(payload), UTF_8);
        assertTrue(provenance.contains(tool(port) + "@" + first), provenance);
    }

    @ParameterizedTest
    @ValueSource(ints = {RegistryServer.BASIC, RegistryServer.TOKEN})
    void wrongCredentialsAreSaidInTheEnginesWordsAndNowhereShown(int port) throws Exception {
        gateway("missing", WRONG);
        JsonNode build = built(port);

        assertEquals("errored", build.path("state").asText(), build::toString);
        String reason = build.path("jobs").get(0).path("reason").asText();
        assertTrue(reason.startsWith("the engine refuses to fetch the image " + tool(port) + ": "), reason);
        assertTrue(reason.toLowerCase(Locale.ROOT).contains("unauthorized"), reason);
        String events = gateway.admin().run("GET /events").ok().text();
        for (String shown : List.of(build.toString(), log(build, "system"), events, gateway.log())) {
            assertFalse(shown.contains(WRONG), shown);
            assertFalse(shown.contains(Base64.getEncoder().encodeToString(WRONG.getBytes(UTF_8))), shown);
        }
        assertEquals("", log(build, "out"));
    }

    @Test
    void whatIsMissingIsFetchedOnce() throws Exception {
        gateway("missing", RegistryServer.PASSWORD);
        ranIn(built(RegistryServer.BASIC), RegistryServer.BASIC, first);
        image.put("team/tool", "latest", "second");
        long before = asked();

        JsonNode again = built(RegistryServer.BASIC);

        ranIn(again, RegistryServer.BASIC, first);
        assertEquals("first\n", log(again, "out"));
        assertEquals(before, asked());
    }

    @Test
    void alwaysFetchesWhatTheTagHasComeToMean() throws Exception {
        gateway("always", RegistryServer.PASSWORD);
        ranIn(built(RegistryServer.BASIC), RegistryServer.BASIC, first);
        String second = image.put("team/tool", "latest", "second");

        JsonNode build = built(RegistryServer.BASIC);

        ranIn(build, RegistryServer.BASIC, second);
        assertEquals("second\n", log(build, "out"));
    }

    @Test
    void neverAsksNobody() throws Exception {
        gateway("never", RegistryServer.PASSWORD);
        long before = asked();

        JsonNode build = built(RegistryServer.BASIC);

        assertEquals("errored", build.path("state").asText(), build::toString);
        String reason = build.path("jobs").get(0).path("reason").asText();
        assertEquals(
                "the engine has no image " + tool(RegistryServer.BASIC) + ", and images are not fetched here", reason);
        assertEquals(before, asked());
    }

    @Test
    void anImageThatTheRegistryDoesNotHaveIsSaid() throws Exception {
        gateway("missing", RegistryServer.PASSWORD);
        long id = gateway.admin().submit("web", Source.spec("image: 127.0.0.1:5001/team/none\nscript: [echo never]\n"));
        JsonNode build = gateway.admin().ended(id);

        assertEquals("errored", build.path("state").asText(), build::toString);
        assertTrue(build.path("reason").asText().contains("manifest unknown"), build::toString);
    }
}
