package io.sallyport.gateway.exec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Plain;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.StreamProblem;
import io.sallyport.handlers.TerminalContent;
import io.sallyport.handlers.Transcript;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/** Writes a response to a channel and tells its exit status. What ends it may be held back, see {@link Outputs#end}. */
public final class ResponseWriter {
    private final ChannelOutput out;
    private final ChannelOutput err;
    private final boolean plain;

    /** Writes aligned text for people when {@code plain}, else JSON. */
    public ResponseWriter(Outputs outputs, boolean plain) {
        this.out = outputs.out();
        this.err = outputs.err();
        this.plain = plain;
    }

    /**
     * Writes all of it.
     *
     * @return the exit status
     * @throws IOException when the peer is gone, or what is read fails in the middle
     * @throws InterruptedException when the peer is gone
     */
    public int write(Response response) throws IOException, InterruptedException {
        return switch (response) {
            case Response.Document document -> document(document);
            case Response.Page page -> page(page);
            case Response.Records records -> records(records);
            case Response.Bytes bytes -> bytes(bytes, out);
            case Response.Followed followed -> transcript(followed.transcript());
            case Response.Text text -> text(text);
            case Response.Entered entered -> throw new IllegalStateException("this is for a conversation");
            case Response.Empty empty -> ExitStatus.OK;
            case Response.Failed failed -> problem(failed.problem());
        };
    }

    /** Writes a problem to standard error. */
    int problem(Problem problem) throws IOException {
        err.last(plain ? Plain.problem(problem) : line(problem.toJson()));
        return ExitStatus.of(problem.status());
    }

    private int document(Response.Document document) throws IOException {
        if (plain) {
            String note = document.note().map(told -> told + "\n").orElse("");
            out.last(note + Plain.document(document.body()));
        } else {
            out.last(line(document.body()));
        }
        return document.exit();
    }

    private int page(Response.Page page) throws IOException {
        if (page.note().isPresent()) {
            String note = page.note().get();
            err.last(
                    plain
                            ? "notice: " + note + "\n"
                            : line(JsonNodeFactory.instance.objectNode().put("notice", note)));
        }
        if (plain) {
            out.last(Plain.page(page));
            return ExitStatus.OK;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("items").addAll(page.items());
        page.next().ifPresent(cursor -> json.put("next", cursor));
        out.last(line(json));
        return ExitStatus.OK;
    }

    private int records(Response.Records records) throws IOException, InterruptedException {
        try (Response.RecordStream stream = records.records().open()) {
            for (JsonNode record = stream.next(); record != null; record = stream.next()) {
                out.write(plain ? records.text().apply(record) : line(record));
            }
        } catch (StreamProblem e) {
            return problem(e.problem());
        }
        return records.exit().status();
    }

    private int bytes(Response.Bytes bytes, ChannelOutput to) throws IOException, InterruptedException {
        boolean filter = bytes.untrusted() && plain;
        try (ReadableByteChannel from =
                (filter ? new TerminalContent(bytes.content()) : bytes.content()).open(bytes.offset())) {
            to.copy(from);
        }
        return bytes.exit().status();
    }

    private int text(Response.Text text) throws IOException {
        out.last(text.text());
        return text.exit();
    }

    private int transcript(Transcript transcript) throws IOException, InterruptedException {
        boolean over = false;
        try {
            err.write(build(transcript.accepted()));
            ChannelOutput log = transcript.wantsArtifact() ? err : out;
            bytes(new Response.Bytes(transcript.log(plain), 0, true, () -> ExitStatus.OK), log);
            over = true;
            int exit = transcript.exit();
            Optional<Response> artifact = exit == ExitStatus.OK ? transcript.artifact() : Optional.empty();
            String ended = build(transcript.ended());
            if (artifact.isPresent() && artifact.get() instanceof Response.Failed failed) {
                err.write(ended); // what went wrong is what a person should read last
                return problem(failed.problem());
            }
            if (artifact.isPresent()) {
                exit = write(artifact.get());
            }
            err.last(ended);
            return exit;
        } finally {
            if (!over) {
                transcript.abandoned();
            }
        }
    }

    private String build(JsonNode build) {
        return plain ? Plain.build(build) : line(build);
    }

    private static String line(JsonNode json) {
        return json + "\n";
    }
}
