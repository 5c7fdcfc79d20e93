package io.sallyport.handlers;

import io.sallyport.builds.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with variables: {@code /builds/{id}/artifacts/{path...}}. A variable takes one segment, one that ends with
 * three dots takes all that is left, at least one. The project variable {@code {p}} takes one segment or more, since
 * names of projects may have slashes.
 */
final class PathTemplate {
    private static final String PROJECT = "{p}";

    private final String text;
    private final List<String> segments;

    private PathTemplate(String text, List<String> segments) {
        this.text = text;
        this.segments = segments;
    }

    static PathTemplate of(String text) {
        return new PathTemplate(text, split(text));
    }

    /** The variables' values when the path fits; empty when it does not. */
    Optional<Map<String, String>> match(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        return fits(0, split(path), 0, values) ? Optional.of(values) : Optional.empty();
    }

    /**
     * A path of which one word is nearly the template's, with that word mended; empty when more is wrong, or nothing is.
     * The project variable stands for one segment here.
     */
    Optional<String> mend(String path) {
        List<String> mended = new ArrayList<>(split(path));
        boolean rest = !segments.isEmpty() && segments.getLast().endsWith("...}");
        if (rest ? mended.size() < segments.size() : mended.size() != segments.size()) {
            return Optional.empty();
        }
        int wrong = 0;
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            String given = mended.get(i);
            if (segment.startsWith("{")
                    ? given.isEmpty()
                    : Nearest.to(given, List.of(segment)).isEmpty()) {
                return Optional.empty();
            }
            if (!segment.startsWith("{") && !segment.equals(given)) {
                mended.set(i, segment);
                wrong++;
            }
        }
        return wrong == 1 ? Optional.of("/" + String.join("/", mended)) : Optional.empty();
    }

    /** The path with its variables' names, as in the documentation. */
    @Override
    public String toString() {
        return text;
    }

    private boolean fits(int at, List<String> path, int from, Map<String, String> values) {
        if (at == segments.size()) {
            return from == path.size();
        }
        String segment = segments.get(at);
        if (segment.equals(PROJECT) || segment.endsWith("...}")) {
            return takesMany(at, path, from, values);
        }
        if (from == path.size()) {
            return false;
        }
        if (segment.startsWith("{")) {
            if (path.get(from).isEmpty()) {
                return false;
            }
            values.put(segment.substring(1, segment.length() - 1), path.get(from));
        } else if (!segment.equals(path.get(from))) {
            return false;
        }
        return fits(at + 1, path, from + 1, values);
    }

    private boolean takesMany(int at, List<String> path, int from, Map<String, String> values) {
        for (int end = path.size(); end > from; end--) {
            if (isNamed(path.subList(from, end)) && fits(at + 1, path, end, values)) {
                String name = segments.get(at).replaceAll("[{}.]", "");
                values.put(name, String.join("/", path.subList(from, end)));
                return true;
            }
        }
        return false;
    }

    /** What is asked of ends with no slash: {@code /builds/} is a slip, and no build of an empty name. */
    private static boolean isNamed(List<String> segments) {
        return !segments.getFirst().isEmpty() && !segments.getLast().isEmpty();
    }

    private static List<String> split(String path) {
        return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
    }
}
