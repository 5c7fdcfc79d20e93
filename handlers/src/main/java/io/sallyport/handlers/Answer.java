package io.sallyport.handlers;

/** What a call came to. The surface that gives the response to the caller tells when it has. */
public final class Answer {
    private final Response response;
    private final Trail trail;

    Answer(Response response, Trail trail) {
        this.response = response;
        this.trail = trail;
    }

    /** What to give to the caller. */
    public Response response() {
        return response;
    }

    /**
     * Writes the result to the audit log. To be called when the response has been given, or could not be; never blocks
     * for long.
     *
     * @param in bytes of the body that were read
     * @param out bytes that were sent
     */
    public void given(long in, long out) {
        trail.answered(status(response), in, out);
    }

    private static int status(Response response) {
        return switch (response) {
            case Response.Document document -> document.status();
            case Response.Page page -> 200;
            case Response.Records records -> 200;
            case Response.Bytes bytes -> 200;
            case Response.Followed followed -> 202;
            case Response.Text text -> 200;
            case Response.Empty empty -> 204;
            case Response.Failed failed -> failed.problem().status();
        };
    }
}
