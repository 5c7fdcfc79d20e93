package io.sallyport.builds.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.builds.Artifact;
import io.sallyport.builds.BuildState;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NotaryTest {
    private static final String SPEC = "build:\n  script: make\n";

    private final Ed25519Signer signer = new Ed25519Signer();
    private final Notary notary = new Notary(signer, new Builder("bubblewrap", "1.2.3"));

    @Test
    void whatIsSignedIsPreAuthenticationEncoded() {
        // DSSE 1.0.2, protocol.md: "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body
        assertEquals(
                "DSSEv1 28 application/vnd.in-toto+json 11 hello world",
                new String(Envelope.preAuthentication("hello world".getBytes(UTF_8)), UTF_8));
        assertEquals(
                "DSSEv1 28 application/vnd.in-toto+json 2 é",
                new String(Envelope.preAuthentication("é".getBytes(UTF_8)), UTF_8));
    }

    @Test
    void theEnvelopeHoldsTheStatementAndItsSignature() throws Exception {
        JsonNode envelope =
                new ObjectMapper().readTree(evidence(BuildState.SUCCEEDED).provenance());
        byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
        byte[] signature =
                Base64.getDecoder().decode(envelope.at("/signatures/0/sig").asText());

        assertEquals(
                "application/vnd.in-toto+json", envelope.path("payloadType").asText());
        assertEquals("SHA256:key", envelope.at("/signatures/0/keyid").asText());
        assertTrue(signer.verifies(Envelope.preAuthentication(payload), signature));
    }

    @Test
    void theStatementSaysWhatWasBuiltOfWhatByWhom() throws Exception {
        Evidence evidence = evidence(BuildState.FAILED, EndingBuild.artifact("dist/a"), EndingBuild.artifact("b\n"));
        String manifest =
                EndingBuild.sha256(evidence.manifest().getBytes(UTF_8)).hex();
        JsonNode expected = new ObjectMapper().readTree("""
                {"_type":"https://in-toto.io/Statement/v1","subject":[
                {"name":"dist/a","digest":{"sha256":"%s"}},{"name":"b\\n","digest":{"sha256":"%s"}}],
                "predicateType":"https://slsa.dev/provenance/v1","predicate":{
                "buildDefinition":{"buildType":"urn:sallyport:build:v1",
                "externalParameters":{"project":"team/web","ref":"refs/heads/main\\n# state: succeeded",
                "commit":"c0ffee","spec":"ci/build.yml","jobs":"build","labels":{"kind":"nightly"},"variables":{"MODE":"fast"}},
                "internalParameters":{"submittedBy":"ann","priority":0,"retryOf":41},
                "resolvedDependencies":[
                {"name":"source","digest":{"sha256":"%s"},"mediaType":"application/gzip",
                "annotations":{"kind":"tar.gz","bytes":1234}},
                {"name":"ci/build.yml","digest":{"sha256":"%s"}}]},
                "runDetails":{"builder":{"id":"urn:sallyport:builder:bubblewrap","version":{"sallyport":"1.2.3"}},
                "metadata":{"invocationId":"builds/42","startedOn":"2026-11-20T12:00:00.100Z",
                "finishedOn":"2026-11-20T12:00:01.000Z","sallyport_state":"failed"},
                "byproducts":[{"name":"manifest","digest":{"sha256":"%s"}},
                {"name":"job build","uri":"builds/42/log?job=build","annotations":{"stage":"build",
                "state":"succeeded","allowFailure":false,"attempt":1,"exitCode":0,"executor":"process",
                "startedOn":"2026-11-20T12:00:00.100Z","finishedOn":"2026-11-20T12:00:01.000Z"}},
                {"name":"job unit 1/2","uri":"builds/42/log?job=unit%%201%%2F2","annotations":{"stage":"test",
                "state":"succeeded","allowFailure":false,"attempt":1,"takenOverFrom":"builds/40","exitCode":0,
                "executor":"process","startedOn":"2026-11-20T12:00:00.100Z",
                "finishedOn":"2026-11-20T12:00:00.100Z"}}]}}}
                """.formatted(
                        EndingBuild.artifact("dist/a").blob().digest().hex(),
                        EndingBuild.artifact("b\n").blob().digest().hex(),
                        EndingBuild.SOURCE.hex(),
                        EndingBuild.sha256(SPEC.getBytes(UTF_8)).hex(),
                        manifest));
        assertEquals(expected.toPrettyString(), statement(evidence).toPrettyString());
    }

    @Test
    void aBuildWithoutArtifactsHasItsManifestAsSubject() throws Exception {
        Evidence evidence = evidence(BuildState.SUCCEEDED);
        JsonNode subjects = statement(evidence).path("subject");
        assertEquals(1, subjects.size());
        assertEquals(
                EndingBuild.sha256(evidence.manifest().getBytes(UTF_8)).hex(),
                subjects.at("/0/digest/sha256").asText());
    }

    @ParameterizedTest
    @EnumSource(
            value = BuildState.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SUCCEEDED", "FAILED"})
    void nothingElseIsVouchedFor(BuildState state) {
        assertThrows(IllegalArgumentException.class, () -> evidence(state));
    }

    private Evidence evidence(BuildState state, Artifact... artifacts) {
        return notary.of(
                EndingBuild.record(), state, EndingBuild.FINISHED, List.of(artifacts), "ci/build.yml", SPEC, Map.of());
    }

    private static JsonNode statement(Evidence evidence) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode envelope = mapper.readTree(evidence.provenance());
        return mapper.readTree(
                Base64.getDecoder().decode(envelope.path("payload").asText()));
    }
}
