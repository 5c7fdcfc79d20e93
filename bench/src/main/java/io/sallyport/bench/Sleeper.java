package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import java.io.IOException;

/** A build that sleeps in its sandbox until it is closed. */
record Sleeper(Connection control, long id) implements AutoCloseable {
    /** Submits it and waits until it runs. */
    static Sleeper start(Contest contest) throws IOException, InterruptedException {
        byte[] source = Sources.of(contest.place(), "script: [\"echo asleep; sleep 3600\"]\n");
        Connection control = contest.gateway().connect();
        String request = "submit " + Gateway.PROJECT;
        Sleeper sleeper = new Sleeper(control, Json.number(Gateway.ask(control, request, source), "id"));
        while (!Gateway.ask(control, "log " + sleeper.id() + " stream=out").contains("asleep")) {
            Thread.sleep(20);
        }
        return sleeper;
    }

    /** Whether it still sleeps: what was measured beside it would mean something else otherwise. */
    void check() throws IOException {
        String state = Json.text(Gateway.ask(control, "show " + id), "state");
        if (!state.equals("running")) {
            throw new IOException("build " + id + " is " + state);
        }
    }

    @Override
    public void close() throws IOException {
        Gateway.ask(control, "cancel " + id);
        control.close();
    }
}
