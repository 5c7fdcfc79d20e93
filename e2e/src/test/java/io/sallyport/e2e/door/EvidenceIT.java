package io.sallyport.e2e.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What can be checked of a build without asking the gateway, and with OpenSSH's and coreutils' own programs. */
class EvidenceIT {
    @RegisterExtension
    static final GatewayProcess gateway = new GatewayProcess();

    private static final String SPEC = """
            script:
              - mkdir -p dist
              - echo made > dist/app
              - printf trap > "dist/$(printf 'line\\nend')"
              - printf dash > ./-
            artifacts:
              paths: [dist/, '-']
            variables: {A: "1"}
            """;

    private static byte[] source = new byte[0];
    private static long build;

    @TempDir
    private Path folder;

    @BeforeAll
    static void oneBuild() throws Exception {
        gateway.projects("web");
        source = Source.spec(SPEC).tar();
        build = gateway.admin()
                .run("submit web ref=main commit=c0ffee labels.kind=nightly variables.MODE=fast", source)
                .json()
                .path("id")
                .asLong();
        assertEquals("succeeded", gateway.admin().ended(build).path("state").asText());
    }

    @BeforeEach
    void fetch() throws Exception {
        save("signers", gateway.admin().run("GET /signing-key"));
        save("manifest", get("manifest"));
        save("signature", get("signature"));
        save("provenance.json", get("provenance"));
    }

    @Test
    void sshKeygenVerifiesTheManifestAndSha256sumTheArtifacts() throws Exception {
        Outcome verified = verify("manifest");
        assertTrue(verified.ok().text().startsWith("Good \"sallyport-artifacts\" signature for sallyport "));

        Path artifacts = Files.createDirectory(folder.resolve("artifacts"));
        Program.of("tar", "-x")
                .in(artifacts)
                .run(get("artifacts.tar").ok().out())
                .ok();
        checkArtifacts(artifacts).ok();
        Files.writeString(artifacts.resolve("dist/app"), "mabe\n");
        checkArtifacts(artifacts).exits(1);
        Files.delete(artifacts.resolve("dist/app"));
        checkArtifacts(artifacts).exits(1);
    }

    @Test
    void theManifestNamesBuildProjectStateAndSource() throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("manifest"));

        assertEquals("# build: " + build, lines.get(1));
        assertEquals("# project: web", lines.get(2));
        assertEquals("# state: succeeded", lines.get(3));
        assertEquals("# source: sha256:" + Attestation.sha256(source), lines.get(4));
        assertEquals(
                "# finished: " + gateway.admin().build(build).path("finished").asText(), lines.get(5));
    }

    @Test
    void theSameBytesComeOverSftp() throws Exception {
        Path copies = Files.createDirectory(folder.resolve("copies"));
        for (String name : List.of("manifest", "signature", "provenance.json")) {
            gateway.admin()
                    .copying("scp", "-q", "127.0.0.1:/builds/" + build + "/" + name, copies.toString())
                    .run()
                    .ok();
            assertArrayEquals(Files.readAllBytes(folder.resolve(name)), Files.readAllBytes(copies.resolve(name)), name);
        }
        Outcome listed = gateway.admin()
                .copying("sftp", "-b", "-", "127.0.0.1:/builds/" + build)
                .run("ls -1\n".getBytes(UTF_8));
        assertTrue(
                listed.ok().text().lines().toList().containsAll(List.of("manifest", "provenance.json", "signature")));
    }

    @Test
    void anotherManifestNamespaceOrKeyIsRefused() throws Exception {
        String manifest = Files.readString(folder.resolve("manifest"));
        Files.writeString(folder.resolve("changed"), manifest.replace("# project: web", "# project: wab"));
        assertNotEquals(0, verify("changed").exit());
        Files.writeString(folder.resolve("cut"), manifest.substring(0, manifest.length() - 1));
        assertNotEquals(0, verify("cut").exit());

        sign("file", gateway.home().resolve("signing_key"));
        assertNotEquals(0, verify("manifest").exit());
        sign("sallyport-artifacts", gateway.work().resolve(GatewayProcess.ADMIN));
        assertNotEquals(0, verify("manifest").exit());
        sign("sallyport-artifacts", gateway.home().resolve("host_key"));
        assertNotEquals(0, verify("manifest").exit());
        sign("sallyport-artifacts", gateway.home().resolve("signing_key"));
        verify("manifest").ok();
    }

    @Test
    void theProvenanceIsSignedByTheSameKey() throws Exception {
        Attestation attestation = Attestation.read(folder.resolve("provenance.json"));

        assertEquals(
                Program.of("ssh-keygen", "-l", "-f", gateway.home() + "/signing_key.pub")
                        .run()
                        .ok()
                        .text()
                        .split(" ")[1],
                attestation.keyId());
        assertTrue(attestation.verifies(folder.resolve("signers")));
        assertFalse(attestation.with("\"web\"", "\"wab\"").verifies(folder.resolve("signers")));
        assertFalse(attestation.withType("application/json").verifies(folder.resolve("signers")));
        assertFalse(attestation.verifies(Path.of(gateway.key("another") + ".pub")));
    }

    @Test
    void theProvenanceSaysWhatWasMadeOfWhatByWhom() throws Exception {
        JsonNode statement = Attestation.read(folder.resolve("provenance.json")).statement();
        JsonNode definition = statement.at("/predicate/buildDefinition");
        JsonNode details = statement.at("/predicate/runDetails");
        JsonNode record = gateway.admin().build(build);

        assertEquals("https://in-toto.io/Statement/v1", statement.path("_type").asText());
        assertEquals(
                "https://slsa.dev/provenance/v1",
                statement.path("predicateType").asText());
        assertEquals(
                Json.each(
                        get("artifacts").items(),
                        item -> item.path("path").asText() + " "
                                + item.path("sha256").asText()),
                Json.each(
                        statement.path("subject"),
                        item -> item.path("name").asText() + " "
                                + item.at("/digest/sha256").asText()));
        assertEquals(Json.document("""
                        {"project":"web","ref":"main","commit":"c0ffee","labels":{"kind":"nightly"},
                        "variables":{"MODE":"fast"}}"""), definition.path("externalParameters"));
        assertEquals(
                GatewayProcess.ADMIN,
                definition.at("/internalParameters/submittedBy").asText());
        assertEquals(
                Attestation.sha256(source),
                definition.at("/resolvedDependencies/0/digest/sha256").asText());
        assertEquals(Source.SPEC, definition.at("/resolvedDependencies/1/name").asText());
        assertEquals(
                Attestation.sha256(SPEC.getBytes(UTF_8)),
                definition.at("/resolvedDependencies/1/digest/sha256").asText());
        assertEquals("builds/" + build, details.at("/metadata/invocationId").asText());
        assertEquals(record.path("started"), details.at("/metadata/startedOn"));
        assertEquals(record.path("finished"), details.at("/metadata/finishedOn"));
        assertEquals(
                Attestation.sha256(Files.readAllBytes(folder.resolve("manifest"))),
                details.at("/byproducts/0/digest/sha256").asText());
    }

    @Test
    void aBuildThatFailsIsSignedAsFailed() throws Exception {
        long failed = gateway.admin().submit("web", Source.script("exit 3"));
        JsonNode links = gateway.admin().ended(failed).path("links");

        save("manifest", gateway.admin().run("GET " + links.path("manifest").asText()));
        save("signature", gateway.admin().run("GET " + links.path("signature").asText()));
        verify("manifest").ok();
        assertTrue(Files.readString(folder.resolve("manifest")).contains("\n# state: failed\n"));
    }

    @Test
    void whatHasNotEndedByItselfIsNotSigned() throws Exception {
        Signal signal = gateway.signal();
        long running = gateway.admin().submit("web", Source.script(signal.awaited()));
        for (String part : List.of("manifest", "signature", "provenance")) {
            String detail = gateway.admin()
                    .run("GET /builds/" + running + "/" + part)
                    .problem(409)
                    .path("detail")
                    .asText();
            assertTrue(detail.contains("has not ended"), detail);
        }
        gateway.admin().run("cancel " + running).ok();
        assertEquals("canceled", gateway.admin().ended(running).path("state").asText());
        String detail = gateway.admin()
                .run("GET /builds/" + running + "/signature")
                .problem(404)
                .path("detail")
                .asText();
        assertTrue(detail.contains("canceled"), detail);
        assertFalse(gateway.admin().build(running).path("links").has("signature"));
    }

    @Test
    void anOldBuildKeepsItsEvidenceWhenTheKeyIsChanged() throws Exception {
        try (GatewayProcess other = new GatewayProcess()) {
            other.prepare().start().projects("web");
            long old = other.admin().submit("web", Source.script("true"));
            other.admin().ended(old);
            save("signers", other.admin().run("GET /signing-key"));
            save("manifest", other.admin().run("GET /builds/" + old + "/manifest"));
            save("signature", other.admin().run("GET /builds/" + old + "/signature"));
            other.stop();
            Program.shell("rm signing_key signing_key.pub")
                    .in(other.home())
                    .run()
                    .ok();
            other.start();

            save("new-signers", other.admin().run("GET /signing-key"));
            assertNotEquals(
                    Files.readString(folder.resolve("signers")), Files.readString(folder.resolve("new-signers")));
            Outcome manifest = other.admin().run("GET /builds/" + old + "/manifest");
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("manifest")),
                    manifest.ok().out());
            save("signature", other.admin().run("GET /builds/" + old + "/signature"));
            verify("manifest").ok();

            long next = other.admin().submit("web", Source.script("true"));
            other.admin().ended(next);
            save("next", other.admin().run("GET /builds/" + next + "/manifest"));
            save("signature", other.admin().run("GET /builds/" + next + "/signature"));
            assertNotEquals(0, verify("next").exit());
            Files.copy(folder.resolve("new-signers"), folder.resolve("signers"), StandardCopyOption.REPLACE_EXISTING);
            verify("next").ok();
        }
    }

    @Test
    void noBuildReachesTheSigningKey() throws Exception {
        Program.need("bwrap");
        String home = gateway.home().toString();
        String script = """
                touch signing_key_of_the_build
                for file in %1$s/signing_key /proc/*/root%1$s/signing_key /proc/*/cwd/signing_key; do
                  if cat "$file"; then echo "read: $file"; fi
                done
                find / -name 'signing_key*' -not -path '/proc/*' 2>/dev/null | sed 's/^/found: /'
                """.formatted(home);

        Outcome tried = gateway.admin()
                .run("submit web follow=true", Source.script(script).tar())
                .ok();

        List<String> reached = tried.text()
                .lines()
                .filter(line -> line.startsWith("read:") || line.startsWith("found:") || line.contains("PRIVATE KEY"))
                .toList();
        assertEquals(List.of("found: /build/signing_key_of_the_build"), reached, tried::text);
    }

    private static Outcome get(String part) throws Exception {
        return gateway.admin().run("GET /builds/" + build + "/" + part);
    }

    private void save(String name, Outcome fetched) throws Exception {
        Files.write(folder.resolve(name), fetched.ok().out());
    }

    /** Puts a signature of the manifest in the place of the true one. */
    private void sign(String namespace, Path key) throws Exception {
        Files.deleteIfExists(folder.resolve("manifest.sig"));
        Program.of("ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", key.toString(), "manifest")
                .in(folder)
                .run()
                .ok();
        Files.copy(folder.resolve("manifest.sig"), folder.resolve("signature"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Outcome verify(String file) throws Exception {
        return Program.of("ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "sallyport")
                .with("-n", "sallyport-artifacts", "-s", "signature")
                .in(folder)
                .run(Files.readAllBytes(folder.resolve(file)));
    }

    private Outcome checkArtifacts(Path artifacts) throws Exception {
        return Program.of("sha256sum", "--strict", "--quiet", "-c", "../manifest")
                .in(artifacts)
                .run();
    }
}
