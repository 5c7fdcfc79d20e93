package io.sallyport.keys;

import java.util.List;
import java.util.Optional;

/** The one access decision. Pure: the same question has the same answer, whatever the surface. */
public final class Access {
    private Access() {}

    /**
     * May {@code who} do {@code verb} to {@code what}? In this order: locked → deny; an explicit deny → deny; outside
     * the credential's ceiling → deny; granted → allow; else deny. Denied and granted is what the identity's own grants
     * say, or those of its groups. What is made trusted needs a verb of its own besides ({@link Verb#onTrusted}), of which
     * the same is asked. A verb that has a weaker one for what is one's own
     * ({@link Verb#onOwn}) is allowed there when either is. The weaker verb alone is never allowed on what is another's.
     */
    public static Decision decide(Principal who, Verb verb, Resource what) {
        if (who.identity().locked()) {
            return new Decision.Deny("locked");
        }
        boolean own = what.isOwnedBy(who.identity().name());
        if (verb.onlyOwn() && !own) {
            return new Decision.Deny("not one's own");
        }
        Decision decision = asked(who, verb, what);
        if (decision.allowed() && what.isTrusted()) {
            return verb.onTrusted().map(further -> further(who, further, what)).orElse(decision);
        }
        return decision.allowed() || !own
                ? decision
                : verb.onOwn().map(weaker -> asked(who, weaker, what)).orElse(decision);
    }

    private static Decision further(Principal who, Verb verb, Resource what) {
        Decision decision = asked(who, verb, what);
        return decision.allowed() ? decision : new Decision.Deny(verb.label() + ": " + decision.rule());
    }

    private static Decision asked(Principal who, Verb verb, Resource what) {
        Optional<String> denial = rule(who, Grant.Effect.DENY, verb, what);
        if (denial.isPresent()) {
            return new Decision.Deny(denial.get());
        }
        Optional<Credential.Ceiling> ceiling = who.credential().ceiling();
        if (ceiling.isPresent() && !ceiling.get().covers(verb, what)) {
            return new Decision.Deny("credential ceiling");
        }
        if (verb == Verb.USE_GATEWAY || verb == Verb.MANAGE_OWN_KEYS) {
            return new Decision.Allow("any key");
        }
        return rule(who, Grant.Effect.ALLOW, verb, what)
                .<Decision>map(Decision.Allow::new)
                .orElseGet(() -> new Decision.Deny("no grant"));
    }

    /** The first grant that speaks of it: one's own, else one of a group, which is named then. */
    private static Optional<String> rule(Principal who, Grant.Effect effect, Verb verb, Resource what) {
        Optional<Grant> own = covering(who.identity().grants(), effect, verb, what);
        if (own.isPresent()) {
            return own.map(Grant::toString);
        }
        for (Group group : who.groups()) {
            Optional<Grant> shared = covering(group.grants(), effect, verb, what);
            if (shared.isPresent()) {
                return Optional.of("group " + group.name() + ": " + shared.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<Grant> covering(List<Grant> grants, Grant.Effect effect, Verb verb, Resource what) {
        return grants.stream()
                .filter(grant -> grant.effect() == effect && grant.covers(verb, what))
                .findFirst();
    }
}
