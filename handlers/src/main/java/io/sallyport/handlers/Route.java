package io.sallyport.handlers;

import io.sallyport.builds.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of the table of routes.
 *
 * @param method and {@code path} are unique together
 * @param path template
 * @param access asked of every caller, before the handler
 * @param summary one line for help and documentation
 * @param handler does the work
 * @param params that it takes; others are refused
 * @param body what it reads from standard input; empty when it reads nothing
 */
public record Route(
        Method method,
        String path,
        RouteAccess access,
        String summary,
        Handler handler,
        List<Param<?>> params,
        Optional<BodyForm> body) {
    /** Taken by every route that has no formats of its own; the surface obeys it. */
    private static final Param<String> FORMAT =
            Param.oneOf("format", List.of("json", "text"), "for programs, or for people: a terminal gets text");

    /** Keeps the list from changing. */
    public Route {
        params = List.copyOf(params);
    }

    /** A line of the table. */
    public static Route route(
            Method method, String path, RouteAccess access, String summary, Handler handler, Param<?>... params) {
        return new Route(method, path, access, summary, handler, List.of(params), Optional.empty());
    }

    /** The same line for a route that reads a body. */
    public Route reading(BodyForm form) {
        return new Route(method, path, access, summary, handler, params, Optional.of(form));
    }

    /** All parameters that it takes, with the one that every route takes. */
    public List<Param<?>> accepted() {
        boolean own = params.stream().anyMatch(param -> param.name().equals(FORMAT.name()));
        return own ? params : Stream.concat(params.stream(), Stream.of(FORMAT)).toList();
    }

    /** Whether a path, decoded, is one of this route's, whatever the method. */
    public boolean fits(String given) {
        return PathTemplate.of(path).match(given).isPresent();
    }

    /** Refuses parameters that the route does not take, and values that are not of their form. */
    void check(Map<String, String> given) throws Param.Malformed {
        for (Map.Entry<String, String> parameter : given.entrySet()) {
            Param<?> param = accepted().stream()
                    .filter(candidate -> candidate.takes(parameter.getKey()))
                    .findFirst()
                    .orElseThrow(() -> unknown(parameter.getKey()));
            param.read(parameter.getValue());
        }
    }

    private Param.Malformed unknown(String given) {
        String taken = "unknown parameter '" + given + "' for " + method + " " + path;
        List<String> names = accepted().stream().map(Param::written).toList();
        return new Param.Malformed(
                given,
                nearest(given, names)
                        .map(word -> taken + ", did you mean '" + word + "'?")
                        .orElseGet(() -> taken + ", it takes " + String.join(", ", names)));
    }

    /** Of {@code labels.kind} the part before the dot can be mended, too. */
    private Optional<String> nearest(String given, List<String> names) {
        int dot = given.indexOf('.');
        if (dot > 0 && dot < given.length() - 1) {
            List<String> prefixes =
                    accepted().stream().filter(Param::isPrefix).map(Param::name).toList();
            Optional<String> mended = Nearest.to(given.substring(0, dot), prefixes);
            if (mended.isPresent()) {
                return Optional.of(mended.get() + given.substring(dot));
            }
        }
        return Nearest.to(given, names);
    }
}
