package io.sallyport.client;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A submission that gives one artifact. After a lost connection the build is waited for, and what is missing of the
 * artifact is fetched; the rest of the log is not shown.
 */
final class ArtifactSubmission {
    private final Exchange exchange;
    private final Reconnection reconnection;
    private final Documents documents;

    ArtifactSubmission(Exchange exchange, Reconnection reconnection, Documents documents) {
        this.exchange = exchange;
        this.reconnection = reconnection;
        this.documents = documents;
    }

    /** Returns the exit status: of the build, or of the artifact's absence. */
    int run(Submission submission, String path, OutputStream out) throws IOException, InterruptedException {
        Submitter submitter = new Submitter(exchange, submission);
        CheckedOutput bytes = new CheckedOutput(out);
        return switch (submitter.run(submission.request().with("artifact", path), bytes)) {
            case Ending.Answered answered -> answered.status();
            case Ending.Lost lost -> rest(submitter.build().orElseThrow(), path, bytes);
        };
    }

    private int rest(long build, String path, CheckedOutput bytes) throws IOException, InterruptedException {
        Answer ended = documents.get(Request.of("wait", Long.toString(build)));
        if (ended.status() != 0) {
            return ended.status();
        }
        Artifact artifact = new Artifacts(documents)
                .of(build).stream()
                        .filter(one -> one.path().equals(path))
                        .findFirst()
                        .orElseThrow(() -> new ClientException.NoArtifact(build, path));
        Ending.Answered answered = reconnection.run(new Download(exchange, build, artifact, bytes), true);
        if (answered.status() == 0) {
            bytes.verify(artifact);
        }
        return answered.status();
    }
}
