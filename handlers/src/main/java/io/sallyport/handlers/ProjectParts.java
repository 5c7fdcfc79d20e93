package io.sallyport.handlers;

import io.sallyport.builds.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What paths below a project name: its builds, its secrets and so on. Names of projects may have slashes, so these words
 * tell a project's part from a project below it.
 *
 * @param words the first behind {@code /projects/{p}/} of all routes
 */
public record ProjectParts(Set<String> words) {
    private static final String BELOW = "/projects/{p}/";

    /** Of a table of routes. */
    public static ProjectParts of(List<Route> routes) {
        return new ProjectParts(routes.stream()
                .map(Route::path)
                .filter(path -> path.startsWith(BELOW))
                .map(path -> path.substring(BELOW.length()).split("/", 2)[0])
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether a part is meant by a name of a project: what was found, and what is in its place. */
    private record Found(String project, String word, String part, String rest) {
        String path() {
            return "/projects/" + project + "/" + part + rest;
        }
    }

    /**
     * The path that somebody most likely meant who took part of it for the name of a project.
     *
     * @param name what stands behind {@code /projects/}
     * @param isProject whether there is such a project, as far as the caller may know
     */
    public Optional<String> meant(String name, Predicate<String> isProject) {
        return find(name, isProject, word -> Nearest.to(word, words)).map(Found::path);
    }

    /**
     * Why a project that is not there yet may not be made by this name: paths of it would be a part's of another, or one
     * letter from that, where there is another.
     *
     * @param isProject whether there is such a project
     */
    public Optional<String> objection(String name, Predicate<String> isProject) {
        Optional<Found> taken =
                find(name, project -> true, word -> words.contains(word) ? Optional.of(word) : Optional.empty());
        return taken.or(() -> find(name, isProject, word -> Nearest.slip(word, words)))
                .map(found -> found.word().equals(found.part())
                        ? "'" + name + "' can be no project: " + found.path() + " is of project '" + found.project()
                                + "'"
                        : "'" + name + "' is made no project, as it is one letter from " + found.path()
                                + ": did you mean that? Else choose another name");
    }

    private static Optional<Found> find(
            String name, Predicate<String> isProject, Function<String, Optional<String>> part) {
        int slash = name.indexOf('/');
        while (slash > 0) {
            String project = name.substring(0, slash);
            int next = name.indexOf('/', slash + 1);
            int end = next < 0 ? name.length() : next;
            String word = name.substring(slash + 1, end);
            Optional<String> known = isProject.test(project) ? part.apply(word) : Optional.empty();
            if (known.isPresent()) {
                return Optional.of(new Found(project, word, known.get(), name.substring(end)));
            }
            slash = next;
        }
        return Optional.empty();
    }
}
