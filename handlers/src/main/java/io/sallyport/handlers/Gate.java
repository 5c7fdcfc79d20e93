package io.sallyport.handlers;

import io.sallyport.builds.Build;
import io.sallyport.builds.Project;
import io.sallyport.keys.Access;
import io.sallyport.keys.Credential;
import io.sallyport.keys.Decision;
import io.sallyport.keys.Identity;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.Principal;
import io.sallyport.keys.PublicKeyRecord;
import io.sallyport.keys.Resource;
import io.sallyport.keys.Verb;
import java.util.Map;
import java.util.Optional;

/**
 * The one place where access is asked. Finds what a route's target is, asks {@link Access#decide} with the grants of
 * this moment, and makes "not allowed to see" and "not there" the same answer.
 */
final class Gate {
    private final IdentityStore identities;
    private final Targets targets;

    Gate(IdentityStore identities, Targets targets) {
        this.identities = identities;
        this.targets = targets;
    }

    /** The outcome for one request. */
    sealed interface Passage {
        Decision decision();
    }

    /** The request goes on. */
    record Open(Principal principal, Request.Found found, Decision decision) implements Passage {}

    /** The request ends here. */
    record Shut(Problem problem, Decision decision) implements Passage {}

    /** What the target is, and what is said of it to those who may not know. */
    private record Subject(Resource resource, Request.Found found, boolean exists, String absence) {}

    Passage pass(Call call, Route route, Map<String, String> variables) throws Param.Malformed {
        Optional<Principal> principal = principal(call.caller());
        if (principal.isEmpty()) {
            return new Shut(
                    Problem.of(401, "unauthorized", "Not let in", "this key is not known here any more"),
                    new Decision.Deny("credential removed"));
        }
        Principal who = principal.get();
        RouteAccess access = route.access();
        if (access.target() == RouteAccess.Target.EACH_PROJECT) {
            return eachProject(who, access.verb());
        }
        Subject subject = subject(access.target(), variables);
        Decision decision = Access.decide(who, access.verb(), subject.resource());
        if (!decision.allowed()) {
            return new Shut(refusal(who, access, subject), decision);
        }
        if (!subject.exists()) {
            return new Shut(Problem.notFound(subject.absence()), decision);
        }
        return parameters(call, route, who, subject, decision);
    }

    /** Parameters that need a verb of their own. */
    private static Passage parameters(Call call, Route route, Principal who, Subject subject, Decision decision) {
        for (Param<?> param : route.params()) {
            if (param.needs().isPresent() && call.parameters().containsKey(param.name())) {
                Verb verb = param.needs().get();
                Decision further = Access.decide(who, verb, subject.resource());
                if (!further.allowed()) {
                    return new Shut(Problem.forbidden("you may not give '" + param.name() + "' here"), further);
                }
            }
        }
        return new Open(who, subject.found(), decision);
    }

    private Passage eachProject(Principal who, Verb verb) {
        Decision locked = Access.decide(who, Verb.USE_GATEWAY, new Resource.Gateway());
        if (!locked.allowed()) {
            return new Shut(Problem.forbidden("you may not do this"), locked);
        }
        var visible = targets.projects().stream()
                .filter(project -> Access.decide(who, verb, new Resource.Project(project.name()))
                        .allowed())
                .toList();
        return new Open(who, Request.Found.of(visible), locked);
    }

    private Optional<Principal> principal(Caller caller) {
        Optional<Identity> identity = identities.identity(caller.identity());
        Optional<PublicKeyRecord> key = identities.key(caller.fingerprint());
        if (identity.isEmpty() || key.isEmpty() || !key.get().identity().equals(caller.identity())) {
            return Optional.empty();
        }
        return Optional.of(new Principal(identity.get(), new Credential(caller.fingerprint(), Optional.empty())));
    }

    private Subject subject(RouteAccess.Target target, Map<String, String> variables) throws Param.Malformed {
        return switch (target) {
            case GATEWAY, EACH_PROJECT -> new Subject(new Resource.Gateway(), Request.Found.NOTHING, true, "");
            case PROJECT_NAME ->
                new Subject(new Resource.Project(value(variables, "p")), Request.Found.NOTHING, true, "");
            case PROJECT -> project(value(variables, "p"));
            case BUILD -> build(value(variables, "id"));
            case KEY -> key(value(variables, "fingerprint"));
        };
    }

    private Subject project(String name) {
        Optional<Project> project = targets.project(name);
        return new Subject(
                new Resource.Project(name),
                project.map(Request.Found::of).orElse(Request.Found.NOTHING),
                project.isPresent(),
                "no project '" + name + "'");
    }

    private Subject build(String text) throws Param.Malformed {
        long id = BUILD_ID.read(text);
        Optional<Build> build = targets.build(id);
        Resource resource = build.<Resource>map(found -> new Resource.Build(found.project(), found.submittedBy()))
                .orElse(NOBODYS);
        return new Subject(
                resource,
                build.map(Request.Found::of).orElse(Request.Found.NOTHING),
                build.isPresent(),
                "no build " + id);
    }

    private Subject key(String fingerprint) {
        Optional<PublicKeyRecord> key = identities.key(fingerprint);
        return new Subject(
                new Resource.Key(key.map(PublicKeyRecord::identity).orElse("")),
                Request.Found.NOTHING,
                key.isPresent(),
                "no key " + fingerprint);
    }

    /** Who may not see the target is told what is told of one that is not there. */
    private static Problem refusal(Principal who, RouteAccess access, Subject subject) {
        boolean visible = switch (access.target()) {
            case GATEWAY, PROJECT_NAME, EACH_PROJECT -> true;
            case PROJECT ->
                subject.exists()
                        && Access.decide(who, Verb.READ_PROJECT, subject.resource())
                                .allowed();
            case BUILD ->
                subject.exists()
                        && Access.decide(who, Verb.READ_BUILDS, subject.resource())
                                .allowed();
            case KEY -> false;
        };
        return visible ? Problem.forbidden("this is for " + access.label()) : Problem.notFound(subject.absence());
    }

    private static String value(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, "");
    }

    private static final Param<Long> BUILD_ID = Param.number("a build", 1, Long.MAX_VALUE, "the number of a build");

    /** Stands for a build that is not there: no grant on a name covers it, and no name can be empty. */
    private static final Resource NOBODYS = new Resource.Build("", "");
}
