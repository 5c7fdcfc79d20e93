package io.sallyport.keys;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a deploy key can be made for. */
public enum DeployVerb {
    /** Submits builds, of protected refs when its own refs name them; retries and cancels those that it has submitted. */
    SUBMIT(Set.of(Verb.SUBMIT_BUILD, Verb.SUBMIT_PROTECTED, Verb.RETRY_OWN_BUILD, Verb.CANCEL_OWN_BUILD)),
    /** Sees the builds that it has submitted. */
    READ_OWN(Set.of(Verb.READ_OWN_BUILDS)),
    /** Reads the logs of the project's builds. */
    READ_LOGS(Set.of(Verb.READ_LOGS)),
    /** Fetches the artifacts of the project's builds. */
    GET_ARTIFACT(Set.of(Verb.READ_ARTIFACTS));

    private final Set<Verb> verbs;

    DeployVerb(Set<Verb> verbs) {
        this.verbs = verbs;
    }

    /** What it allows; never changes. */
    public Set<Verb> verbs() {
        return verbs;
    }

    /** The name in parameters and answers: lower case, words parted by dashes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The verb of that label; empty when there is none. */
    public static Optional<DeployVerb> parse(String label) {
        for (DeployVerb verb : values()) {
            if (verb.label().equals(label)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
