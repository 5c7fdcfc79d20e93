package io.sallyport.gateway.subsystem;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.handlers.Caller;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Router;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The requests of one channel that have not ended. Lines are given by one thread. */
final class Exchanges {
    private final Router router;
    private final Caller caller;
    private final LineBounds bounds;
    private final Outbox outbox;
    private final Outbox.Sender own;
    private final Message.Reader reader = new Message.Reader();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private final Map<JsonNode, Exchange> open = new HashMap<>(); // this and what follows: guarded by the lock
    private final Set<Exchange> working = new HashSet<>();

    Exchanges(Router router, Caller caller, LineBounds bounds, Outbox outbox) {
        this.router = router;
        this.caller = caller;
        this.bounds = bounds;
        this.outbox = outbox;
        this.own = outbox.sender();
    }

    /** Does what a line says. Waits only for a peer that does not read what it is told of its mistakes. */
    void take(LineInput.Line line) throws IOException, InterruptedException {
        switch (line) {
            case LineInput.Line.TooLong tooLong -> own.send(LineJson.problem(tooLong()));
            case LineInput.Line.Whole whole when isBlank(whole.bytes()) -> {}
            case LineInput.Line.Whole whole -> {
                switch (reader.read(whole.bytes())) {
                    case Message.Ask ask -> begin(ask);
                    case Message.Cancel cancel -> cancel(cancel.id());
                    case Message.Wrong wrong -> refuse(wrong.id(), wrong.problem());
                }
            }
        }
    }

    private void begin(Message.Ask ask) throws IOException, InterruptedException {
        Exchange exchange = new Exchange(router, caller, ask, bounds.longestLine(), outbox);
        Problem refusal;
        lock.lock();
        try {
            if (open.containsKey(ask.id())) {
                refusal = Problem.badRequest("the id " + ask.id() + " belongs to a request that has not ended");
            } else if (open.size() >= bounds.inFlight()) {
                refusal = tooMany();
            } else {
                open.put(ask.id(), exchange);
                working.add(exchange);
                exchange.start(() -> answered(ask.id(), exchange), () -> ended(ask.id(), exchange));
                return;
            }
        } finally {
            lock.unlock();
        }
        refuse(Optional.of(ask.id()), refusal);
    }

    /** Without the id where it would look like the end of the request that has it. */
    private void refuse(Optional<JsonNode> id, Problem problem) throws IOException, InterruptedException {
        byte[] line = id.filter(given -> !isOpen(given))
                .map(given -> LineJson.problem(given, problem))
                .orElseGet(() -> LineJson.problem(problem));
        own.send(line);
    }

    private boolean isOpen(JsonNode id) {
        lock.lock();
        try {
            return open.containsKey(id);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(JsonNode id) throws IOException, InterruptedException {
        lock.lock();
        try {
            Exchange exchange = open.get(id);
            if (exchange != null) {
                exchange.cancel();
                return;
            }
        } finally {
            lock.unlock();
        }
        own.send(LineJson.problem(id, Problem.notFound("no request " + id + " is under way")));
    }

    /** Its id and its place are free: the next line may have them. */
    private void answered(JsonNode id, Exchange exchange) {
        lock.lock();
        try {
            open.remove(id, exchange);
        } finally {
            lock.unlock();
        }
    }

    private void ended(JsonNode id, Exchange exchange) {
        lock.lock();
        try {
            open.remove(id, exchange);
            working.remove(exchange);
            none.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all have ended. */
    void awaitAll() throws InterruptedException {
        lock.lock();
        try {
            while (!working.isEmpty()) {
                none.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all that are left. Does not wait for them: each writes its record on its own. */
    void endAll() {
        lock.lock();
        try {
            List.copyOf(working).forEach(Exchange::cancel);
        } finally {
            lock.unlock();
        }
    }

    private Problem tooMany() {
        return Problem.of(
                        429,
                        "too-many-requests",
                        "Too many requests",
                        bounds.inFlight() + " requests of this channel have not ended yet")
                .retryAfter(Duration.ofSeconds(1));
    }

    private Problem tooLong() {
        return Problem.of(413, "too-large", "Too large", "a line has at most " + bounds.longestLine() + " bytes");
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
