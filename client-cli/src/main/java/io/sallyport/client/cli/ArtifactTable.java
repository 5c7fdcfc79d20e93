package io.sallyport.client.cli;

import io.sallyport.client.Artifact;
import java.util.List;

/** Artifacts for people: size in bytes, the whole digest, the path. */
final class ArtifactTable {
    private ArtifactTable() {}

    /** A line for each; of none, a line that says so. */
    static String of(List<Artifact> artifacts) {
        if (artifacts.isEmpty()) {
            return "no artifacts\n";
        }
        int width = artifacts.stream()
                .mapToInt(artifact -> Long.toString(artifact.size()).length())
                .max()
                .orElse(0);
        StringBuilder table = new StringBuilder();
        for (Artifact artifact : artifacts) {
            table.append(String.format("%" + width + "d  %s  ", artifact.size(), artifact.sha256()));
            table.append(visible(artifact.path())).append('\n');
        }
        return table.toString();
    }

    /** A path on one line, whatever is in it. */
    private static String visible(String path) {
        StringBuilder text = new StringBuilder();
        path.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                text.append(String.format("\\x%02x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }
}
