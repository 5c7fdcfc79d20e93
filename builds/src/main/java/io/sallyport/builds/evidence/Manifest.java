package io.sallyport.builds.evidence;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import java.time.Instant;

/**
 * The artifacts of a build as {@code sha256sum} writes them, so that {@code sha256sum -c} checks a fetched folder,
 * beneath lines of comment that bind them to the build. Always the same text for the same build.
 */
final class Manifest {
    private Manifest() {}

    /** The manifest of a build that ends now in the state. */
    static String of(Build build, BuildState state, Instant finished, Iterable<Artifact> artifacts) {
        StringBuilder text = new StringBuilder();
        header(text, "sallyport-manifest", "1");
        header(text, "build", Long.toString(build.id()));
        header(text, "project", build.project());
        header(text, "state", state.label());
        header(text, "source", build.source().blob().digest().toString());
        header(text, "finished", Times.text(finished));
        for (Artifact artifact : artifacts) {
            line(text, artifact);
        }
        return text.toString();
    }

    /** Nothing of the header is a text that a submitter has chosen. */
    private static void header(StringBuilder text, String name, String value) {
        text.append("# ").append(name).append(": ").append(value).append('\n');
    }

    /** A name that could end the line, or look as if, is escaped, which a backslash before the digest tells. */
    private static void line(StringBuilder text, Artifact artifact) {
        String path = artifact.path();
        String escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        if (!escaped.equals(path)) {
            text.append('\\');
        }
        text.append(artifact.blob().digest().hex()).append("  ");
        text.append(path.equals("-") ? "./-" : escaped).append('\n'); // a bare dash is standard input to sha256sum
    }
}
