package io.sallyport.gateway.subsystem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sallyport.handlers.Answer;
import io.sallyport.handlers.Call;
import io.sallyport.handlers.Caller;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Router;
import io.sallyport.handlers.StreamProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request of a channel, on a virtual thread of its own, from its line to the last line of its answer. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private static final Problem CANCELED =
            Problem.of(499, "canceled", "The request was canceled", "on the word of who made it");
    private static final Problem CUT_OFF = Problem.of(
            503, "cut-off", "The answer was cut off", "not all could be sent; ask again from the last offset");

    private final Router router;
    private final Caller caller;
    private final Message.Ask ask;
    private final int longestLine;
    private final Outbox outbox;
    private final Outbox.Sender sender;
    private final AtomicBoolean canceled = new AtomicBoolean();
    private final Thread thread;
    private Runnable answered = () -> {};
    private Runnable ended = () -> {};
    private boolean complete;
    private long sent;

    Exchange(Router router, Caller caller, Message.Ask ask, int longestLine, Outbox outbox) {
        this.router = router;
        this.caller = caller;
        this.ask = ask;
        this.longestLine = longestLine;
        this.outbox = outbox;
        this.sender = outbox.sender();
        this.thread = Thread.ofVirtual().name("exchange").unstarted(this::run);
    }

    /**
     * Begins.
     *
     * @param answered called when the last line is handed over, before the peer can have it: its id is free then
     * @param ended called when all is done; the last line may not have been handed over to a peer that has gone
     */
    void start(Runnable answered, Runnable ended) {
        this.answered = answered;
        this.ended = ended;
        thread.start();
    }

    /** Ends it before its time. From any thread; repeated calls do nothing. */
    void cancel() {
        if (canceled.compareAndSet(false, true)) {
            thread.interrupt();
        }
    }

    private void run() {
        try {
            answer();
        } catch (InterruptedException | IOException e) {
            LOG.debug("answer cut off", e);
            Thread.interrupted(); // the last line is still to be handed over
            last(LineJson.problem(ask.id(), canceled.get() ? CANCELED : CUT_OFF));
        } catch (RuntimeException e) {
            LOG.error("a bug while answering", e);
            last(LineJson.problem(ask.id(), CUT_OFF));
        } finally {
            ended.run();
        }
    }

    private void answer() throws IOException, InterruptedException {
        Answer answer = router.handle(new Call(
                caller,
                ask.request().method(),
                ask.request().path(),
                ask.request().parameters(),
                new ByteArrayInputStream(ask.body()),
                false));
        try {
            write(answer.response());
        } finally {
            answer.given(ask.body().length, sent);
        }
    }

    private void write(Response response) throws IOException, InterruptedException {
        JsonNode id = ask.id();
        switch (response) {
            case Response.Document document -> sendLast(LineJson.answer(id, document.status(), document.body()));
            case Response.Page page -> sendLast(LineJson.answer(id, 200, list(page)));
            case Response.Text text -> sendLast(LineJson.answer(id, 200, TextNode.valueOf(text.text())));
            case Response.Entered entered -> throw new IllegalStateException("no bytes are carried here");
            case Response.Empty empty -> sendLast(LineJson.empty(id));
            case Response.Failed failed -> sendLast(LineJson.problem(id, failed.problem()));
            case Response.Records records -> stream(records);
            case Response.Bytes bytes ->
                sendLast(LineJson.problem(
                        id, Problem.badRequest("bytes do not go over this channel: ask by exec or SFTP")));
            case Response.Followed followed -> {
                followed.transcript().abandoned();
                sendLast(LineJson.problem(
                        id,
                        Problem.badRequest("a submission cannot be followed here: submit without follow, then GET"
                                + " /builds/ID/log with follow=true")));
            }
        }
    }

    private static ObjectNode list(Response.Page page) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("items").addAll(page.items());
        page.next().ifPresent(cursor -> json.put("next", cursor));
        return json;
    }

    private void stream(Response.Records records) throws IOException, InterruptedException {
        JsonNode id = ask.id();
        outbox.countStream(1);
        try (Response.RecordStream stream = records.records().open()) {
            send(LineJson.stream(id));
            for (JsonNode item = stream.next(); item != null; item = stream.next()) {
                byte[] line = LineJson.item(id, item);
                if (line.length > longestLine) {
                    sendLast(LineJson.problem(id, tooLarge()));
                    return;
                }
                send(line);
            }
        } catch (StreamProblem e) {
            sendLast(LineJson.problem(id, e.problem()));
            return;
        } finally {
            outbox.countStream(-1);
        }
        int exit = records.exit().status();
        // A stream whose gateway goes down must not look like one that is complete.
        sendLast(exit == ExitStatus.of(503) ? LineJson.problem(id, CUT_OFF) : LineJson.end(id, exit));
    }

    private void send(byte[] line) throws IOException, InterruptedException {
        send(line, () -> {});
    }

    private void sendLast(byte[] line) throws IOException, InterruptedException {
        send(line, this::complete);
    }

    private void send(byte[] line, Runnable handedOver) throws IOException, InterruptedException {
        byte[] fitting = line.length <= longestLine ? line : LineJson.problem(ask.id(), tooLarge());
        sender.send(fitting, handedOver);
        sent += fitting.length + LineJson.END.length;
    }

    private void complete() {
        complete = true;
        answered.run();
    }

    /** For whoever is there still to be told what has gone wrong. */
    private void last(byte[] line) {
        if (complete) {
            return;
        }
        try {
            sender.send(line, this::complete);
        } catch (IOException | InterruptedException e) {
            LOG.debug("nobody is there any more", e);
        }
    }

    private Problem tooLarge() {
        return Problem.of(
                413,
                "too-large",
                "Too large",
                "the answer is longer than a line may be, " + longestLine
                        + " bytes: ask for less with limit=, or by exec");
    }
}
