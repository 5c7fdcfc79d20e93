package io.sallyport.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * A submission that gives one artifact. After a lost connection the build is waited for, and what is missing of the
 * artifact is fetched; the rest of the log is not shown.
 */
final class ArtifactSubmission {
    /** Stands for a connection that was lost when the build had been accepted. */
    private static final Ending.Answered CUT_LATER = new Ending.Answered(-1, "");

    private final Exchange exchange;
    private final Reconnection reconnection;
    private final Documents documents;

    ArtifactSubmission(Exchange exchange, Reconnection reconnection, Documents documents) {
        this.exchange = exchange;
        this.reconnection = reconnection;
        this.documents = documents;
    }

    /** Returns the exit status: of the build, or of the artifact's absence. */
    int run(Submission submission, String path, OutputStream out, Consumer<String> accepted)
            throws IOException, InterruptedException {
        Submitter submitter = new Submitter(exchange, submission, accepted);
        CheckedOutput bytes = new CheckedOutput(out);
        Ending.Answered accepting = reconnection.run(new Reconnection.Attempt() {
            // Once the build is accepted, it is not asked for again.
            @Override
            public Ending run() throws IOException, InterruptedException {
                Ending ending = submitter.run(submission.request().with("artifact", path), bytes);
                return ending instanceof Ending.Lost && submitter.build().isPresent() ? CUT_LATER : ending;
            }

            @Override
            public long position() {
                return bytes.count();
            }

            @Override
            public String resumeHint() {
                return submitter.resumeHint();
            }
        });
        return accepting.equals(CUT_LATER) ? rest(submitter.build().orElseThrow(), path, bytes) : accepting.status();
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
