package io.sallyport.builds.executor;

import java.util.Locale;
import java.util.Set;

/**
 * A machine that jobs run on.
 *
 * @param name by which records know it
 * @param state whether it takes jobs
 * @param reason why it does not, in words; may be empty
 * @param tags that jobs can ask for; in no order
 * @param jobs of this gateway that are there now, from 0
 */
public record Node(String name, State state, String reason, Set<String> tags, int jobs) {
    /** Whether a node takes jobs; the best first. */
    public enum State {
        /** It does. */
        READY,
        /** It goes on with those it has, and takes no others: its operators want it so. */
        DRAINING,
        /** It does not answer, or has been given up. */
        DOWN,
        /** Nobody who knows can be asked. */
        UNKNOWN;

        /** As answers and events have it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One without tags that does what it should. */
    public static Node ready(String name, int jobs) {
        return new Node(name, State.READY, "", Set.of(), jobs);
    }

    /** The same in another state, for that reason. */
    public Node but(State now, String why) {
        return new Node(name, now, why, tags, jobs);
    }
}
