package io.sallyport.handlers;

import io.sallyport.builds.Build;
import io.sallyport.builds.Project;
import io.sallyport.keys.Access;
import io.sallyport.keys.Principal;
import io.sallyport.keys.Ref;
import io.sallyport.keys.Resource;
import io.sallyport.keys.Verb;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A request that has been matched to its route and allowed. */
public final class Request {
    private final Call call;
    private final Map<String, String> variables;
    private final Principal principal;
    private final Found found;
    private final Asker asker;

    Request(Call call, Map<String, String> variables, Principal principal, Found found, Asker asker) {
        this.call = call;
        this.variables = variables;
        this.principal = principal;
        this.found = found;
        this.asker = asker;
    }

    /**
     * What the route's target turned out to be.
     *
     * @param project set for routes on a project
     * @param build set for routes on a build
     * @param projects those that the route's verb is allowed on, for routes on each project or on builds of one
     * @param ownIn those where it is allowed on what is the caller's own, for the same routes
     */
    record Found(Optional<Project> project, Optional<Build> build, List<Project> projects, List<Project> ownIn) {
        static final Found NOTHING = new Found(Optional.empty(), Optional.empty(), List.of(), List.of());

        static Found of(Project project) {
            return new Found(Optional.of(project), Optional.empty(), List.of(), List.of());
        }

        static Found of(Build build) {
            return new Found(Optional.empty(), Optional.of(build), List.of(), List.of());
        }

        static Found of(List<Project> projects, List<Project> ownIn) {
            return new Found(Optional.empty(), Optional.empty(), projects, ownIn);
        }
    }

    /** Who asks. */
    public Principal principal() {
        return principal;
    }

    /** For an answer that goes on: asks what the caller may do at that moment. */
    public Asker asker() {
        return asker;
    }

    /** The name of who asks. */
    public String identity() {
        return principal.identity().name();
    }

    /** The path asked for. */
    public String path() {
        return call.path();
    }

    /** The value of a variable of the route's path. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no variable " + name);
        }
        return value;
    }

    /** The build that the path names. */
    public Build build() {
        return found.build().orElseThrow();
    }

    /** The project that the path names. */
    public Project project() {
        return found.project().orElseThrow();
    }

    /** The projects that the caller may see. */
    public List<Project> projects() {
        return found.projects();
    }

    /** Projects in which the caller may see only what is their own; none that {@link #projects} has. */
    public List<Project> ownIn() {
        return found.ownIn();
    }

    /** Whether the caller may submit to a project without naming a ref: to be told, so that they need not try. */
    public boolean maySubmit(Project project) {
        return maySubmit(project, Optional.empty());
    }

    /** Whether the caller may submit to a project, of that ref as it is protected now. */
    public boolean maySubmit(Project project, Optional<Ref> ref) {
        Resource submission = new Resource.Submission(project.name(), ref, ProtectedRefs.cover(project, ref));
        return Access.decide(principal, Verb.SUBMIT_BUILD, submission).allowed();
    }

    /** Whether the caller may submit to that ref of a project if it is protected, and so may have to do with trusted builds. */
    public boolean mayTrust(String project, Optional<Ref> ref) {
        return Access.decide(principal, Verb.SUBMIT_BUILD, new Resource.Submission(project, ref, true))
                .allowed();
    }

    /** Whether the caller may see all builds of a project, and not their own alone. */
    public boolean seesBuilds(Project project) {
        return Access.decide(principal, Verb.READ_BUILDS, new Resource.Project(project.name()))
                .allowed();
    }

    /** A parameter's value, when it was given. */
    public <T> Optional<T> get(Param<T> param) throws Param.Malformed {
        String text = call.parameters().get(param.name());
        return text == null ? Optional.empty() : Optional.of(param.read(text));
    }

    /** Whether a flag was given and is true. */
    public boolean has(Param<Boolean> flag) throws Param.Malformed {
        return get(flag).orElse(false);
    }

    /** All {@code name.WORD=value} parameters by their words. */
    public SortedMap<String, String> words(Param<String> param) throws Param.Malformed {
        SortedMap<String, String> words = new TreeMap<>();
        for (Map.Entry<String, String> given : call.parameters().entrySet()) {
            if (param.takes(given.getKey())) {
                words.put(given.getKey().substring(param.name().length() + 1), param.read(given.getValue()));
            }
        }
        return words;
    }

    /** The body, streamed. */
    public InputStream body() {
        return call.body();
    }

    /** Whether the caller takes nothing but JSON, so that a stream of bytes is better told as records. */
    public boolean takesOnlyJson() {
        return call.caller().surface().equals(Caller.SUBSYSTEM);
    }

    /** Whether the answer can be a talk of bytes both ways. */
    public boolean carriesBytes() {
        return switch (call.caller().surface()) {
            case Caller.EXEC, Caller.FORWARDED -> true;
            default -> false;
        };
    }

    /** Whether a person sits at a terminal. */
    public boolean terminal() {
        return call.terminal();
    }
}
