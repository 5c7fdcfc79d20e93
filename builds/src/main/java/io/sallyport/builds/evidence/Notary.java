package io.sallyport.builds.evidence;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.blob.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** Puts the gateway's name to what a build has made. Any number of threads may ask at a time. */
public final class Notary {
    /** What signatures of manifests are for. */
    public static final String NAMESPACE = "sallyport-artifacts";

    private final Signer signer;
    private final Builder builder;

    /** Signs with a key, in the name of a builder. */
    public Notary(Signer signer, Builder builder) {
        this.signer = signer;
        this.builder = builder;
    }

    /**
     * Whether a build that ends so has evidence: its script has run to its end by itself. Of what was cut off nothing is
     * stated.
     */
    public static boolean vouchesFor(BuildState state) {
        return switch (state) {
            case SUCCEEDED, FAILED -> true;
            case QUEUED, RUNNING, CANCELED, TIMEDOUT, ERRORED -> false;
        };
    }

    /**
     * The evidence of a build that is about to be recorded as ended.
     *
     * @param build its record but for the end
     * @param state how it ends, one that {@link #vouchesFor} takes
     * @param finished now
     * @param artifacts all of them, in the order of their paths
     * @param specFile the name of its spec in the source
     * @param specText what the spec says
     * @param visitors who has had a shell in which job, by the names of these
     */
    public Evidence of(
            Build build,
            BuildState state,
            Instant finished,
            List<Artifact> artifacts,
            String specFile,
            String specText,
            Map<String, SortedSet<String>> visitors) {
        if (!vouchesFor(state)) {
            throw new IllegalArgumentException("no evidence of a build that is " + state.label());
        }
        String manifest = Manifest.of(build, state, finished, artifacts);
        byte[] statement = bytes(new Statement(build, state, finished, visitors)
                .json(artifacts, digest(manifest), specFile, digest(specText), builder)
                .toString());
        return new Evidence(
                signer.keyId(),
                manifest,
                signer.sshSignature(NAMESPACE, bytes(manifest)),
                Envelope.of(statement, signer));
    }

    private static Digest digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(text));
            return new Digest(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
