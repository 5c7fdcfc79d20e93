package io.sallyport.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Repeats a request that can go on where it stood, until the gateway answers or patience ends. */
final class Reconnection {
    /** A request that can be repeated. */
    interface Attempt {
        /** Asks for what is missing. */
        Ending run() throws IOException, InterruptedException;

        /** How far it got, in bytes; never falls. */
        long position();

        /** What the user can do when it is given up. */
        String resumeHint();
    }

    private final Patience patience;
    private final Consumer<Interruption> observer;

    /** The observer is told of each lost connection, on the caller's thread, before the pause. */
    Reconnection(Patience patience, Consumer<Interruption> observer) {
        this.patience = patience;
        this.observer = observer;
    }

    /**
     * Repeats the attempt.
     *
     * @return the gateway's exit status
     * @throws ClientException.Unreachable when there is no connection and another attempt would not help
     */
    Ending.Answered run(Attempt attempt) throws IOException, InterruptedException {
        return run(attempt, false);
    }

    /** As {@link #run(Attempt)}, where it is known already that the gateway could be reached. */
    Ending.Answered run(Attempt attempt, boolean connectedBefore) throws IOException, InterruptedException {
        Backoff backoff = new Backoff(patience, System::nanoTime, ThreadLocalRandom.current());
        boolean connected = connectedBefore;
        while (true) {
            long before = attempt.position();
            Ending ending = attempt.run();
            // No switch over types: what one is made of at each start takes as long as the rest of this.
            if (ending instanceof Ending.Answered answered) {
                return answered;
            }
            Loss loss = Loss.of(((Ending.Lost) ending).said());
            boolean progressed = attempt.position() > before;
            connected |= progressed || loss == Loss.CUT;
            if (progressed) {
                backoff.progressed();
            }
            pause(attempt, loss, connected, backoff);
        }
    }

    private void pause(Attempt attempt, Loss loss, boolean connected, Backoff backoff)
            throws ClientException, InterruptedException {
        if (!loss.worthAnotherTry(connected)) {
            throw new ClientException.Unreachable(loss);
        }
        Optional<Duration> pause = backoff.pause();
        if (pause.isEmpty()) {
            throw new ClientException.Unreachable(loss, attempt.resumeHint());
        }
        observer.accept(new Interruption(loss, attempt.position(), pause.get()));
        Thread.sleep(pause.get());
    }
}
