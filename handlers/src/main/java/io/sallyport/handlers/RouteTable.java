package io.sallyport.handlers;

import io.sallyport.builds.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The routes, found by method and path. */
final class RouteTable {
    private final List<Entry> entries;

    RouteTable(List<Route> routes) {
        this.entries = routes.stream()
                .map(route -> new Entry(route, PathTemplate.of(route.path())))
                .toList();
    }

    private record Entry(Route route, PathTemplate path) {}

    /** A route and what the path says. */
    record Match(Route route, Map<String, String> variables) {}

    /** The first route of the table that fits. */
    Optional<Match> find(Method method, String path) {
        for (Entry entry : entries) {
            if (entry.route().method() == method) {
                Optional<Map<String, String>> variables = entry.path().match(path);
                if (variables.isPresent()) {
                    return Optional.of(new Match(entry.route(), variables.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** Why nothing fits: the path is there for other methods, or it is not there at all. */
    Problem unknown(Method method, String path) {
        List<String> methods = new ArrayList<>();
        for (Method other : Method.values()) {
            if (find(other, path).isPresent()) {
                methods.add(other.name());
            }
        }
        if (!methods.isEmpty()) {
            return Problem.badRequest(method + " is not possible on " + path + ", only " + String.join(", ", methods)
                    + mended(path, entry -> entry.route().method() == method)
                            .map(near -> "; did you mean " + method + " " + near + "?")
                            .orElse(""));
        }
        return Problem.notFound("unknown path '" + path + "'"
                + nearest(path).map(near -> ", did you mean '" + near + "'?").orElse("; 'help' lists all paths"));
    }

    /** The path with its first word mended, when that makes it one of the table's or comes close to one. */
    private Optional<String> nearest(String path) {
        String bare = path.replaceAll("/+$", "");
        if (!bare.equals(path) && isKnown(bare)) {
            return Optional.of(bare);
        }
        List<String> known =
                entries.stream().map(entry -> entry.route().path()).distinct().toList();
        List<String> first =
                known.stream().map(RouteTable::firstSegment).distinct().toList();
        String word = firstSegment(path);
        Optional<String> mended = Nearest.to(word, first)
                .filter(near -> !near.equals(word))
                .map(near -> "/" + near + path.substring(Math.min(path.length(), word.length() + 1)));
        return mended.or(() -> mended(path, entry -> true)).or(() -> Nearest.to(path, known));
    }

    /** The path with one word mended that is not its first. */
    private Optional<String> mended(String path, Predicate<Entry> wanted) {
        return entries.stream()
                .filter(wanted)
                .flatMap(entry -> entry.path().mend(path).stream())
                .findFirst();
    }

    private boolean isKnown(String path) {
        return Arrays.stream(Method.values())
                .anyMatch(method -> find(method, path).isPresent());
    }

    private static String firstSegment(String path) {
        String rest = path.startsWith("/") ? path.substring(1) : path;
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }
}
