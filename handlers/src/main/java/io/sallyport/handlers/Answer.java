package io.sallyport.handlers;

/** What a call came to. The surface that gives the response to the caller tells when it has. */
public final class Answer {
    private final Response response;
    private final Trail trail;
    private final Running running;

    Answer(Response response, Trail trail, Running running) {
        this.response = response;
        this.trail = trail;
        this.running = running;
    }

    /** What to give to the caller. */
    public Response response() {
        return response;
    }

    /** Lets others have its place among the requests that run, when what is left is bounded otherwise. */
    public void yieldPlace() {
        running.end();
    }

    /**
     * Gives back its place among the requests that run, and writes the result to the audit log. To be called when the response has been given, or could not be; never blocks
     * for long.
     *
     * @param in bytes of the body that were read
     * @param out bytes that were sent
     */
    public void given(long in, long out) {
        running.end();
        trail.answered(status(response), in, out);
    }

    private static int status(Response response) {
        return switch (response) {
            case Response.Document document -> document.status();
            case Response.Page page -> 200;
            case Response.Records records -> 200;
            case Response.Bytes bytes -> 200;
            case Response.Followed followed -> 202;
            case Response.Entered entered -> 200;
            case Response.Text text -> 200;
            case Response.Empty empty -> 204;
            case Response.Failed failed -> failed.problem().status();
        };
    }
}
