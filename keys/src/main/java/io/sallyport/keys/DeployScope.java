package io.sallyport.keys;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a deploy key may be used for, by whom, and until when.
 *
 * @param verbs what for, at least one
 * @param refs branches and tags that it may have built; none for every one that is not protected
 * @param from where its bearer must come from; none for anywhere
 * @param expires it lets in before that moment only
 * @param quotas how much
 */
public record DeployScope(
        Set<DeployVerb> verbs, List<RefGlob> refs, List<Network> from, Instant expires, DeployQuotas quotas) {
    /** Keeps the collections from changing; verbs are in their own order. */
    public DeployScope {
        verbs = Collections.unmodifiableSet(EnumSet.copyOf(verbs));
        refs = List.copyOf(refs);
        from = List.copyOf(from);
    }

    /** The bound on a credential: these verbs in that one project, and nothing that manages credentials. */
    Credential.Ceiling ceiling(String project) {
        Set<Verb> within = EnumSet.of(Verb.USE_GATEWAY, Verb.READ_PROJECT);
        verbs.forEach(verb -> within.addAll(verb.verbs()));
        return new Credential.Ceiling(within, new ProjectGlob(project), refs);
    }

    /** Whether one may come from that address, given in numbers. */
    boolean admits(String source) {
        return from.isEmpty() || from.stream().anyMatch(network -> network.contains(source));
    }
}
