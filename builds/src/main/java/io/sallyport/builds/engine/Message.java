package io.sallyport.builds.engine;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a build is told. It hears one after the other, in order. */
sealed interface Message {
    /** See what is to be done now: a restart, or a time that has come. */
    record Wake() implements Message {}

    /** A job has a place. */
    record Granted(int index) implements Message {}

    /** An attempt at a job is over, and nothing of it runs any more. */
    record Ended(int index, Attempt attempt) implements Message {}

    /** What a gateway before this one has begun of a job is not to be found any more. */
    record Vanished(int index) implements Message {}

    /** Somebody starts a job that waits for that. */
    record Start(String job, String by, CompletableFuture<Answer> answer) implements Message {}

    /** All of it is to end. */
    record Cancel(String by, Optional<String> reason, CompletableFuture<Answer> answer) implements Message {}

    /** A newer build makes those jobs superfluous that may be interrupted. */
    record Superseded(long by) implements Message {}

    /** The gateway goes down. */
    record Shutdown() implements Message {}

    /** What is answered to who asks for something, once it is on record. */
    enum Answer {
        /** It is done. */
        DONE,
        /** It has begun to be done. */
        UNDER_WAY,
        /** The job does not wait for anybody. */
        NOT_WAITING,
        /** The build is over. */
        TOO_LATE
    }
}
