package io.sallyport.gateway.sftp;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.Content;
import io.sallyport.handlers.Answer;
import io.sallyport.handlers.Call;
import io.sallyport.handlers.Caller;
import io.sallyport.handlers.Method;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Router;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the caller asks of the router. Every look at a record is a call of its own: decided and recorded there. */
final class Records {
    private final Router router;
    private final Caller caller;

    Records(Router router, Caller caller) {
        this.router = router;
        this.caller = caller;
    }

    /** A page of a list; {@code next} is the cursor for more. */
    record Page(List<? extends JsonNode> items, Optional<String> next) {}

    /** One JSON document. */
    JsonNode document(String path) throws Failure, InterruptedException {
        return switch (get(path, Map.of())) {
            case Response.Document document -> document.body();
            case Response other -> throw unfit(other);
        };
    }

    /**
     * The record of a build whose log or artifacts are about to be asked for. Somebody may see these and not the build
     * itself, so that is no failure here.
     */
    BuildRecord build(long id) throws Failure, InterruptedException {
        try {
            return BuildRecord.of(document("/builds/" + id));
        } catch (Failure e) {
            if (e.status() == Status.NO_SUCH_FILE) {
                return BuildRecord.unseen(id);
            }
            throw e;
        }
    }

    /** Bytes, of which none has been read. */
    Content content(String path, Map<String, String> parameters) throws Failure, InterruptedException {
        Answer answer = ask(path, parameters);
        if (answer.response() instanceof Response.Bytes bytes) {
            answer.yieldPlace(); // the limit of open files is the one that counts here
            return new RecordedContent(bytes.content(), answer);
        }
        answer.given(0, 0);
        throw unfit(answer.response());
    }

    /** A page of a list. */
    Page page(String path, Map<String, String> parameters) throws Failure, InterruptedException {
        return switch (get(path, parameters)) {
            case Response.Page page -> new Page(page.items(), page.next());
            case Response other -> throw unfit(other);
        };
    }

    /** A whole list, page by page. */
    List<JsonNode> list(String path) throws Failure, InterruptedException {
        Page page = page(path, Map.of());
        List<JsonNode> all = new ArrayList<>(page.items());
        while (page.next().isPresent()) {
            page = page(path, Map.of("after", page.next().get()));
            all.addAll(page.items());
        }
        return all;
    }

    /** Submits a build of what the body turns out to be. */
    Response submit(String project, UploadBody body) throws InterruptedException {
        Answer answer =
                router.handle(new Call(caller, Method.POST, "/projects/" + project + "/builds", Map.of(), body, false));
        answer.given(body.taken(), 0);
        return answer.response();
    }

    private Response get(String path, Map<String, String> parameters) throws InterruptedException {
        Answer answer = ask(path, parameters);
        answer.given(0, 0);
        return answer.response();
    }

    private Answer ask(String path, Map<String, String> parameters) throws InterruptedException {
        return router.handle(new Call(
                caller, Method.GET, path, new LinkedHashMap<>(parameters), InputStream.nullInputStream(), false));
    }

    /** A name that means another thing to the router than to the tree is nothing in the tree. */
    private static Failure unfit(Response response) {
        return response instanceof Response.Failed failed ? Failure.of(failed.problem()) : Failure.notThere();
    }
}
