package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.Answer;
import io.sallyport.client.LogRequest;
import java.io.IOException;

/** The log of a build on standard output: for people, with the names of its jobs when it has several; else its bytes. */
final class ReadableLog {
    private final Session session;

    ReadableLog(Session session) {
        this.session = session;
    }

    /** Whether people read it. */
    boolean wanted() {
        return session.surroundings().terminals().out() && !session.json();
    }

    /**
     * Follows a build that has just been accepted; which names its lines need shows then. Its beginning and its end are told as the
     * gateway tells them of a submission, where {@code told}. Returns the exit status of the build.
     */
    int followed(Answer accepted, boolean told) throws IOException, InterruptedException {
        JsonNode build = accepted.document();
        LogRequest log = LogRequest.followed(build.path("id").asLong());
        if (!told) {
            return show(build, log);
        }
        session.console().gatewaySays(accepted);
        show(build, log);
        Answer ended = session.client().await(log.build());
        session.console().gatewaySays(ended);
        return ended.status();
    }

    /** Shows the log of a build as the gateway has told of it; returns the exit status, the build's if it is followed. */
    int show(JsonNode build, LogRequest log) throws IOException, InterruptedException {
        return wanted() && build.path("jobs").size() > 1
                ? session.client().labelledLog(log, session.console().out())
                : session.client().log(log, session.console().out());
    }
}
