package io.sallyport.keys;

import java.util.Optional;

/** The one access decision. Pure: the same question has the same answer, whatever the surface. */
public final class Access {
    private Access() {}

    /**
     * May {@code who} do {@code verb} to {@code what}? In this order: locked → deny; an explicit deny → deny; outside
     * the credential's ceiling → deny; granted → allow; else deny.
     */
    public static Decision decide(Principal who, Verb verb, Resource what) {
        Identity identity = who.identity();
        if (identity.locked()) {
            return new Decision.Deny("locked");
        }
        Verb effective = effective(identity, verb, what);
        Optional<Grant> denial = covering(identity, Grant.Effect.DENY, effective, what);
        if (denial.isPresent()) {
            return new Decision.Deny(denial.get().toString());
        }
        Optional<Credential.Ceiling> ceiling = who.credential().ceiling();
        if (ceiling.isPresent() && !ceiling.get().covers(effective, what)) {
            return new Decision.Deny("credential ceiling");
        }
        if (effective == Verb.USE_GATEWAY || effective == Verb.MANAGE_OWN_KEYS) {
            return new Decision.Allow("any key");
        }
        return covering(identity, Grant.Effect.ALLOW, effective, what)
                .<Decision>map(grant -> new Decision.Allow(grant.toString()))
                .orElseGet(() -> new Decision.Deny("no grant"));
    }

    /** On one's own resource the weaker verb is asked for, unless the stronger one is granted anyway. */
    private static Verb effective(Identity identity, Verb verb, Resource what) {
        if (verb.onOwn().isEmpty() || !what.isOwnedBy(identity.name())) {
            return verb;
        }
        boolean stronger = covering(identity, Grant.Effect.ALLOW, verb, what).isPresent()
                && covering(identity, Grant.Effect.DENY, verb, what).isEmpty();
        return stronger ? verb : verb.onOwn().get();
    }

    private static Optional<Grant> covering(Identity identity, Grant.Effect effect, Verb verb, Resource what) {
        return identity.grants().stream()
                .filter(grant -> grant.effect() == effect && grant.covers(verb, what))
                .findFirst();
    }
}
