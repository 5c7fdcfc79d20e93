package io.sallyport.handlers;

import io.sallyport.builds.Build;
import io.sallyport.builds.Project;
import io.sallyport.keys.Access;
import io.sallyport.keys.Credential;
import io.sallyport.keys.CredentialCheck;
import io.sallyport.keys.Decision;
import io.sallyport.keys.IdentityStore;
import io.sallyport.keys.Principal;
import io.sallyport.keys.PublicKeyRecord;
import io.sallyport.keys.Ref;
import io.sallyport.keys.RefGlob;
import io.sallyport.keys.Resource;
import io.sallyport.keys.Standing;
import io.sallyport.keys.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one place where access is asked. Finds what a route's target is, asks {@link Access#decide} with the grants of
 * this moment, and makes "not allowed to see" and "not there" the same answer.
 */
final class Gate {
    private final IdentityStore identities;
    private final CredentialCheck credentials;
    private final Targets targets;
    private final ProjectParts parts;

    Gate(IdentityStore identities, CredentialCheck credentials, Targets targets, ProjectParts parts) {
        this.identities = identities;
        this.credentials = credentials;
        this.targets = targets;
        this.parts = parts;
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

    /** Who asks for their caller, now and later. */
    Asker asker(Call call) {
        return new Asker(() -> standing(call.caller()));
    }

    private Standing standing(Caller caller) {
        return credentials.standing(caller.identity(), caller.proof(), caller.address());
    }

    Passage pass(Call call, Route route, Map<String, String> variables) throws Param.Malformed {
        return switch (standing(call.caller())) {
            case Standing.Known known -> pass(known.principal(), call, route, variables);
            case Standing.Unknown unknown ->
                new Shut(
                        Problem.of(
                                401, "unauthorized", "Not let in", "what you logged in with lets nobody in any more"),
                        new Decision.Deny(unknown.reason()));
        };
    }

    private Passage pass(Principal who, Call call, Route route, Map<String, String> variables) throws Param.Malformed {
        RouteAccess access = route.access();
        if (access.target() == RouteAccess.Target.EACH_PROJECT) {
            return eachProject(who, access.verb());
        }
        Subject subject = subject(access.target(), call, variables);
        Decision decision = Access.decide(who, access.verb(), subject.resource());
        if (access.target() == RouteAccess.Target.PROJECT_BUILDS) {
            return projectBuilds(who, access, subject, decision, variables);
        }
        if (!decision.allowed()) {
            return new Shut(refusal(who, access, subject, variables), decision);
        }
        if (!subject.exists()) {
            return new Shut(absent(who, subject, variables), decision);
        }
        return parameters(call, route, who, subject, decision);
    }

    /** Parameters that need verbs of their own. */
    private static Passage parameters(Call call, Route route, Principal who, Subject subject, Decision decision) {
        for (Param<?> param : route.params()) {
            if (call.parameters().containsKey(param.name())) {
                for (Verb verb : param.needs()) {
                    Decision further = Access.decide(who, verb, subject.resource());
                    if (!further.allowed()) {
                        return new Shut(Problem.forbidden("you may not give '" + param.name() + "' here"), further);
                    }
                }
            }
        }
        return new Open(who, subject.found(), decision);
    }

    /** The builds of one project: all of them, or the caller's own. */
    private Passage projectBuilds(
            Principal who, RouteAccess access, Subject subject, Decision all, Map<String, String> variables) {
        List<Project> project = subject.found().project().stream().toList();
        if (all.allowed() && subject.exists()) {
            return new Open(who, Request.Found.of(project, List.of()), all);
        }
        for (Project each : project) {
            Decision own = own(who, access.verb(), each);
            if (own.allowed()) {
                return new Open(who, Request.Found.of(List.of(), project), own);
            }
        }
        return new Shut(
                all.allowed() ? absent(who, subject, variables) : refusal(who, access, subject, variables), all);
    }

    private Passage eachProject(Principal who, Verb verb) {
        Decision locked = Access.decide(who, Verb.USE_GATEWAY, new Resource.Gateway());
        if (!locked.allowed()) {
            return new Shut(Problem.forbidden("you may not do this"), locked);
        }
        List<Project> visible = new ArrayList<>();
        List<Project> ownIn = new ArrayList<>();
        for (Project project : targets.projects()) {
            if (Access.decide(who, verb, new Resource.Project(project.name())).allowed()) {
                visible.add(project);
            } else if (own(who, verb, project).allowed()) {
                ownIn.add(project);
            }
        }
        return new Open(who, Request.Found.of(visible, ownIn), locked);
    }

    /** Whether the verb is allowed on the caller's own builds of a project. */
    private static Decision own(Principal who, Verb verb, Project project) {
        String me = who.identity().name();
        return Access.decide(who, verb, new Resource.Build(project.name(), me, Optional.empty()));
    }

    private Subject subject(RouteAccess.Target target, Call call, Map<String, String> variables)
            throws Param.Malformed {
        return switch (target) {
            case GATEWAY, EACH_PROJECT -> new Subject(new Resource.Gateway(), Request.Found.NOTHING, true, "");
            case PROJECT_NAME ->
                new Subject(new Resource.Project(value(variables, "p")), Request.Found.NOTHING, true, "");
            case PROJECT, PROJECT_BUILDS -> project(value(variables, "p"));
            case SUBMISSION -> submission(value(variables, "p"), call);
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

    private Subject submission(String name, Call call) {
        Subject project = project(name);
        Optional<Ref> ref = Optional.ofNullable(call.parameters().get(REF)).flatMap(Ref::parse);
        boolean isProtected = project.found()
                .project()
                .filter(found -> ProtectedRefs.cover(found, ref))
                .isPresent();
        return new Subject(
                new Resource.Submission(name, ref, isProtected), project.found(), project.exists(), project.absence());
    }

    private Subject build(String text) throws Param.Malformed {
        long id = BUILD_ID.read(text);
        Optional<Build> build = targets.build(id);
        Resource resource = build.<Resource>map(found -> new Resource.Build(
                        found.project(),
                        found.submittedBy(),
                        found.request().ref().flatMap(Ref::parse)))
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
    private Problem refusal(Principal who, RouteAccess access, Subject subject, Map<String, String> variables) {
        boolean visible = switch (access.target()) {
            case GATEWAY, PROJECT_NAME, EACH_PROJECT -> true;
            case PROJECT, PROJECT_BUILDS, SUBMISSION ->
                subject.exists()
                        && Access.decide(who, Verb.READ_PROJECT, subject.resource())
                                .allowed();
            case BUILD ->
                subject.exists()
                        && Access.decide(who, Verb.READ_BUILDS, subject.resource())
                                .allowed();
            case KEY -> false;
        };
        return visible ? Problem.forbidden(need(who, access, subject.resource())) : absent(who, subject, variables);
    }

    private Problem absent(Principal who, Subject subject, Map<String, String> variables) {
        String project = value(variables, "p");
        return Problem.notFound(
                project.isEmpty()
                        ? subject.absence()
                        : subject.absence() + AbsentProject.hint(project, who, targets, parts));
    }

    private static String need(Principal who, RouteAccess access, Resource resource) {
        String ref = resource.isTrusted() ? resource.ofRef().map(Ref::toString).orElse("") + " is protected: " : "";
        return switch (who.identity().kind()) {
            case PERSON, SERVICE -> {
                RouteAccess needed = resource.isTrusted() ? RouteAccess.submission(Verb.SUBMIT_PROTECTED) : access;
                yield ref + MissingRole.of(who, needed.label(), resource);
            }
            case DEPLOY_KEY -> ref + deployKeysNeed(who, access, resource);
        };
    }

    private static String deployKeysNeed(Principal who, RouteAccess access, Resource resource) {
        List<RefGlob> refs =
                who.credential().ceiling().map(Credential.Ceiling::refs).orElse(List.of());
        boolean named = access.target() == RouteAccess.Target.SUBMISSION && !refs.isEmpty();
        return "a deploy key does only what its verbs and its maker allow, see whoami"
                + (resource.isTrusted() ? "; its refs must name what is protected" : "")
                + (named ? "; give a ref that one of these covers: " + refs : "");
    }

    private static String value(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, "");
    }

    /** The parameter of submissions that says the branch or tag. */
    private static final String REF = "ref";

    private static final Param<Long> BUILD_ID = Param.number("a build", 1, Long.MAX_VALUE, "the number of a build");

    /** Stands for a build that is not there: no grant on a name covers it, and no name can be empty. */
    private static final Resource NOBODYS = new Resource.Build("", "", Optional.empty());
}
