package io.sallyport.handlers;

import io.sallyport.keys.Access;
import io.sallyport.keys.Grant;
import io.sallyport.keys.Principal;
import io.sallyport.keys.Resource;
import io.sallyport.keys.Verb;
import java.util.List;
import java.util.Optional;

/** What is said to somebody who may see a thing and not do what they asked for. */
final class MissingRole {
    private MissingRole() {}

    /** The words, with those that are needed: a role, in words. */
    static String of(Principal who, String needed, Resource resource) {
        Optional<String> project = resource.inProject();
        List<String> held = project.map(name -> roles(who, name)).orElse(List.of());
        return held.isEmpty()
                ? "this is for " + needed + next(who)
                : "you are " + String.join(", ", held) + " of " + project.orElse("") + "; this needs " + needed;
    }

    private static String next(Principal who) {
        return Access.decide(who, Verb.MANAGE_IDENTITIES, new Resource.Gateway())
                        .allowed()
                ? "; you may give that role, to yourself too: 'GET /identities/"
                        + who.identity().name()
                        + "' shows the grants, and PUT with {\"grants\":[…]}, that one among them, replaces all of them"
                : "; an administrator can give that role";
    }

    private static List<String> roles(Principal who, String project) {
        return who.grants()
                .filter(grant -> grant.effect() == Grant.Effect.ALLOW
                        && !grant.role().ofHouse()
                        && grant.projects().matches(project))
                .map(grant -> grant.role().label())
                .distinct()
                .toList();
    }
}
