package io.sallyport.gateway.dashboard;

import io.sallyport.gateway.dashboard.text.TextMode;
import io.sallyport.gateway.exec.ChannelOutput;
import io.sallyport.gateway.exec.Outputs;
import io.sallyport.gateway.exec.ResponseWriter;
import io.sallyport.handlers.Answer;
import io.sallyport.handlers.Call;
import io.sallyport.handlers.Caller;
import io.sallyport.handlers.RequestLine;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Requests as they are typed, answered as on an exec channel with a terminal, but all on standard output: a client may show what comes on
 * standard error after what was sent later, which would be the prompt.
 */
final class TypedRequests implements TextMode.Requests {
    private final Router router;
    private final Caller caller;
    private final ChannelOutput out;

    TypedRequests(Router router, Caller caller, ChannelOutput out) {
        this.router = router;
        this.caller = caller;
        this.out = out;
    }

    @Override
    public void run(String line) throws IOException, InterruptedException {
        switch (RequestLine.of(line)) {
            case RequestLine.Misunderstood wrong -> write(new Response.Failed(wrong.problem()), true);
            case RequestLine.Understood understood -> answer(understood.request());
        }
        out.flush();
    }

    private void answer(RequestLine request) throws IOException, InterruptedException {
        long before = out.written();
        Answer answer = router.handle(new Call(
                caller,
                request.method(),
                request.path(),
                request.parameters(),
                new ByteArrayInputStream(new byte[0]),
                true));
        try {
            write(
                    answer.response(),
                    request.parameters().getOrDefault("format", "text").equals("text"));
        } finally {
            answer.given(0, out.written() - before);
        }
    }

    private void write(Response response, boolean plain) throws IOException, InterruptedException {
        new ResponseWriter(new Outputs(out, out), plain).write(response);
    }
}
