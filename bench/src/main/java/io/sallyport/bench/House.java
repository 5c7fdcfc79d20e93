package io.sallyport.bench;

import io.sallyport.bench.lean.Connection;
import io.sallyport.bench.lean.LoginKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A gateway of its own with so many identities, and some of their keys to log in with in turn. */
final class House implements AutoCloseable {
    private static final int WRITERS = 32;
    private static final int KEPT = 500;

    private final Contest contest;
    private final String name;
    private final List<LoginKey> keys = Collections.synchronizedList(new ArrayList<>());
    private Gateway gateway;
    private int turn;

    private House(Contest contest, String name, Gateway gateway) {
        this.contest = contest;
        this.name = name;
        this.gateway = gateway;
    }

    /** Makes one and lets everybody in through its door, as an administrator would. */
    static House of(Contest contest, String name, int identities, int keysOfEach)
            throws IOException, InterruptedException {
        House house = new House(contest, name, Gateway.make(contest.repository(), contest.place(), name));
        try {
            house.fill(identities, keysOfEach);
            return house;
        } catch (IOException e) {
            house.close();
            throw e;
        }
    }

    long pid() {
        return gateway.pid();
    }

    /** Ends it, and serves from the same state directory again; the answer is the processor's milliseconds until then. */
    double startAgain() throws IOException, InterruptedException {
        gateway.close();
        gateway = Gateway.serve(contest.repository(), contest.place(), name);
        return gateway.processorTime().toMillis();
    }

    /** The next of the keys logs in and asks who it is. */
    void logIn() throws IOException {
        Server server = gateway.server(keys.get(turn++ % keys.size()), "");
        try (Connection connection = server.connect()) {
            Gateway.ask(connection, "whoami");
        }
    }

    @Override
    public void close() {
        gateway.close();
    }

    private void fill(int identities, int keysOfEach) throws IOException, InterruptedException {
        int every = Math.max(1, identities / KEPT);
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(Math.min(WRITERS, identities))) {
            for (int writer = 0; writer < Math.min(WRITERS, identities); writer++) {
                int first = writer;
                all.add(writers.submit(() -> {
                    try (Connection connection =
                            gateway.server(contest.key(), "").connect()) {
                        for (int i = first; i < identities; i += WRITERS) {
                            let(connection, "person" + i, keysOfEach, i % every == 0);
                        }
                    }
                    return null;
                }));
            }
        }
        for (Future<?> each : all) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new IOException("the house cannot be filled", e);
            }
        }
    }

    private void let(Connection connection, String person, int keysOfEach, boolean kept) throws IOException {
        Gateway.ask(
                connection, "PUT /identities/" + person, "{\"grants\":[{\"role\":\"builder\",\"project\":\"bench\"}]}");
        for (int i = 0; i < keysOfEach; i++) {
            LoginKey key = LoginKey.make();
            Gateway.ask(connection, "POST /identities/" + person + "/keys", key.line() + " " + person + "@laptop");
            if (kept && i == 0) {
                keys.add(key);
            }
        }
    }
}
