package io.sallyport.gateway.dashboard.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sallyport.handlers.Answer;
import io.sallyport.handlers.Call;
import io.sallyport.handlers.Caller;
import io.sallyport.handlers.Method;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Router;
import io.sallyport.handlers.StreamProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

/** Questions that a router answers. */
public final class RouterQuestions implements Questions {
    private final Router router;
    private final Caller caller;

    /** Asks as that caller. */
    public RouterQuestions(Router router, Caller caller) {
        this.router = router;
        this.caller = caller;
    }

    @Override
    public Reply ask(Method method, String path, Map<String, String> parameters) throws InterruptedException {
        Answer answer = answer(method, path, parameters);
        try {
            return reply(answer.response());
        } finally {
            answer.given(0, 0);
        }
    }

    private Answer answer(Method method, String path, Map<String, String> parameters) throws InterruptedException {
        return router.handle(new Call(caller, method, path, parameters, new ByteArrayInputStream(new byte[0]), false));
    }

    private static Reply reply(Response response) {
        return switch (response) {
            case Response.Document document -> new Reply.Told(document.body());
            case Response.Page page -> new Reply.Told(list(page));
            case Response.Text text -> new Reply.Told(TextNode.valueOf(text.text()));
            case Response.Entered entered -> throw new IllegalStateException("no bytes are carried here");
            case Response.Empty empty -> new Reply.Told(MissingNode.getInstance());
            case Response.Failed failed -> new Reply.Refused(failed.problem());
            case Response.Records records -> new Reply.Refused(Questions.unshown(records));
            case Response.Bytes bytes -> new Reply.Refused(Questions.unshown(bytes));
            case Response.Followed followed -> {
                followed.transcript().abandoned();
                yield new Reply.Refused(Questions.unshown(followed));
            }
        };
    }

    private static ObjectNode list(Response.Page page) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("items").addAll(page.items());
        page.next().ifPresent(cursor -> json.put("next", cursor));
        return json;
    }

    @Override
    public OptionalLong size(String path) throws InterruptedException {
        Answer answer = answer(Method.GET, path, Map.of());
        try {
            return answer.response() instanceof Response.Bytes bytes
                    ? bytes.content().size()
                    : OptionalLong.empty();
        } finally {
            answer.given(0, 0);
        }
    }

    @Override
    public Ended follow(String path, Map<String, String> parameters, Reader reader)
            throws IOException, InterruptedException {
        Answer answer = answer(Method.GET, path, parameters);
        try {
            return answer.response() instanceof Response.Records records
                    ? read(records, reader)
                    : new Ended.Broken(
                            reply(answer.response()) instanceof Reply.Refused refused
                                    ? refused.problem()
                                    : Questions.unshown(answer.response()));
        } finally {
            answer.given(0, 0);
        }
    }

    private static Ended read(Response.Records records, Reader reader) throws IOException, InterruptedException {
        try (Response.RecordStream stream = records.records().open()) {
            reader.opened();
            for (JsonNode record = stream.next(); record != null; record = stream.next()) {
                if (!reader.take(record)) {
                    return new Ended.Left();
                }
            }
        } catch (StreamProblem e) {
            return new Ended.Broken(e.problem());
        }
        return new Ended.Complete(records.exit().status());
    }
}
