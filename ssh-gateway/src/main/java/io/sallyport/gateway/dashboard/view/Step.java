package io.sallyport.gateway.dashboard.view;

import io.sallyport.gateway.dashboard.screen.Tone;
import io.sallyport.handlers.Problem;

/** What a key leads to. */
public sealed interface Step {
    /** Nothing but another picture. */
    record Stay() implements Step {}

    /** The key means nothing here. */
    record Unknown() implements Step {}

    /** Another view, over this one. */
    record Open(View view) implements Step {}

    /** The view below this one. */
    record Back() implements Step {}

    /** The end. */
    record Quit() implements Step {}

    /** A shell in a job has the terminal until it ends. */
    record Enter(long build, String job) implements Step {}

    /** A question to who sits there. */
    record Ask(Prompt prompt) implements Step {}

    /** Something to be told in the last lines. */
    record Say(String words, Tone tone) implements Step {}

    /** Another state of what is shown; changed under the lock that views are drawn under. */
    record Then(Runnable change) implements Step {}

    /** Something that may wait; the step that comes of it follows. */
    record Do(Errand errand) implements Step {}

    /** What may wait. Runs on a thread of its own, without any lock. */
    @FunctionalInterface
    interface Errand {
        /**
         * Runs.
         *
         * @throws InterruptedException when the dashboard ends
         */
        Step run() throws InterruptedException;
    }

    /** Tells why something was not done. */
    static Step refused(Problem problem) {
        return new Say(problem.detail(), Tone.BAD);
    }
}
