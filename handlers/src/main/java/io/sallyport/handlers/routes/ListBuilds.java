package io.sallyport.handlers.routes;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildQuery;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Nearest;
import io.sallyport.builds.Project;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.retention.Remains;
import io.sallyport.builds.retention.Retention;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.keys.Ref;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** {@code GET /builds} and {@code GET /projects/{p}/builds}: newest first, only what the caller may see. */
final class ListBuilds implements Handler {
    private static final int USUAL = 50;
    private static final int MOST = 1000;
    private static final int LONGEST_NAME = 256;

    static final Param<String> PROJECT = Param.text("project", LONGEST_NAME, "only builds of this project");
    static final Param<String> STATE = Param.oneOf(
            "state", Arrays.stream(BuildState.values()).map(BuildState::label).toList(), "only builds in it");
    static final Param<Ref> REF = Param.ref("ref", LONGEST_NAME, "only builds of that branch or tag");
    static final Param<String> LABEL = Param.words("label", LONGEST_NAME, "only builds that have it");
    static final Param<Long> LIMIT = Param.number("limit", 1, MOST, "at most so many");
    static final Param<Long> AFTER = Param.number("after", 1, Long.MAX_VALUE, "go on after this cursor");

    private final Engine engine;
    private final Retention retention;

    ListBuilds(Engine engine, Retention retention) {
        this.engine = engine;
        this.retention = retention;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed {
        int limit = Math.toIntExact(request.get(LIMIT).orElse((long) USUAL));
        Optional<Long> after = request.get(AFTER);
        Optional<String> wanted = request.get(PROJECT);
        List<Build> builds = engine.builds(new BuildQuery(
                names(request.projects(), wanted),
                Optional.of(new BuildQuery.Own(names(request.ownIn(), wanted), request.identity())),
                request.get(STATE).flatMap(BuildState::parse),
                request.get(REF).map(Ref::toString),
                request.words(LABEL),
                after.isPresent() ? OptionalLong.of(after.get()) : OptionalLong.empty(),
                limit + 1));
        boolean more = builds.size() > limit;
        List<Build> shown = more ? builds.subList(0, limit) : builds;
        Map<Long, Remains> remains = retention.remains(shown);
        return new Response.Page(
                shown.stream()
                        .map(build -> BuildJson.of(build, remains.getOrDefault(build.id(), Remains.ALL)))
                        .toList(),
                more ? Optional.of(Long.toString(shown.getLast().id())) : Optional.empty(),
                List.of("id", "project", "state", "ref", "commit", "submittedBy", "created", "finished"),
                wanted.flatMap(name -> meant(name, request)));
    }

    /** Which project may be meant, of those that the caller sees; so nothing is learned of any other. */
    private static Optional<String> meant(String wanted, Request request) {
        Set<String> seen = new TreeSet<>(names(request.projects(), Optional.empty()));
        seen.addAll(names(request.ownIn(), Optional.empty()));
        return seen.contains(wanted)
                ? Optional.empty()
                : Nearest.to(wanted, seen)
                        .map(near ->
                                "there is no project '" + wanted + "' that you may see, did you mean '" + near + "'?");
    }

    /** A project that the caller may not see leaves nothing, as one that does not exist. */
    private static List<String> names(List<Project> projects, Optional<String> wanted) {
        return projects.stream()
                .map(Project::name)
                .filter(name -> wanted.isEmpty() || wanted.get().equals(name))
                .toList();
    }
}
