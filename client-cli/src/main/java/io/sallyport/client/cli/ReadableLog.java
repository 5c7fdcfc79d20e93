package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** Shows the log of a build as the gateway has told of it; returns the exit status, the build's if it is followed. */
    int show(JsonNode build, LogRequest log) throws IOException, InterruptedException {
        return wanted() && build.path("jobs").size() > 1
                ? session.client().labelledLog(log, session.console().out())
                : session.client().log(log, session.console().out());
    }
}
