package io.sallyport.gateway.sftp;

import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file under {@code /incoming} that is being written: a submission whose body are the writes. Only a close after
 * writes without a gap submits it.
 */
final class Upload implements Handle {
    private final RemotePath path;
    private final UploadBody body;
    private final Instant begun = Instant.now();
    private long received;
    private boolean broken;

    private Upload(RemotePath path, UploadBody body) {
        this.path = path;
        this.body = body;
    }

    /**
     * Begins.
     *
     * @param path of the file
     * @throws Failure when the request is refused before it has read a byte
     */
    static Upload begin(Records records, String project, RemotePath path, UploadBody body)
            throws Failure, InterruptedException {
        Thread.ofVirtual().name("sftp-upload-" + project).start(() -> submit(records, project, body));
        Optional<Response> early = body.awaitBeginning();
        if (early.isPresent()) {
            throw failure(early.get());
        }
        return new Upload(path, body);
    }

    RemotePath path() {
        return path;
    }

    /**
     * Takes the bytes of a write, which are next in the channel; they are out of it afterwards in any case.
     *
     * @throws Failure when they are not the next of the file, or the submission is refused
     */
    void write(long offset, int length) throws Failure, IOException, InterruptedException {
        if (offset != received) {
            spoil();
        }
        int left = broken ? length : body.offer(length);
        body.pass(left);
        if (broken) {
            throw new Failure(Status.FAILURE, "a source is written from its start to its end, in order");
        }
        if (left > 0) {
            throw failure(body.awaitAnswer());
        }
        received += length;
    }

    /** A client that says how long the file is may only say how long it has become. */
    void resize(OptionalLong size) throws Failure {
        if (size.isPresent() && size.getAsLong() != received) {
            spoil();
            throw new Failure(Status.FAILURE, "a source is written from its start to its end, in order");
        }
    }

    /**
     * Submits what has been written, and waits until it is accepted.
     *
     * @return the number of the build
     */
    long submit() throws Failure, InterruptedException {
        if (broken) {
            throw new Failure(Status.FAILURE, "nothing was submitted: the file was not written as a whole");
        }
        body.end();
        return switch (body.awaitAnswer()) {
            case Response.Document accepted -> accepted.body().path("id").asLong();
            case Response other -> throw failure(other);
        };
    }

    @Override
    public Attributes attributes() {
        return Attributes.upload(received, begun);
    }

    @Override
    public void abandon() {
        body.cut();
    }

    private void spoil() {
        broken = true;
        body.cut();
    }

    private static void submit(Records records, String project, UploadBody body) {
        try {
            body.answered(records.submit(project, body));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            body.answered(new Response.Failed(Problem.badRequest("the upload was broken off")));
        }
    }

    private static Failure failure(Response response) {
        return response instanceof Response.Failed failed
                ? Failure.of(failed.problem())
                : new Failure(Status.FAILURE, "nothing was submitted");
    }
}
